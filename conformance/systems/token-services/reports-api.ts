import { createLocalJWKSet, jwtVerify, type JSONWebKeySet } from 'jose';
import type { Issuers } from './issuers';
import { Refused, json, type Decision, type Reply, type ServiceRequest, type TokenService } from './service';
import type { RenderedTrust } from './trust';

/** As a document has it. */
interface Callers {
  readonly issuer: string;
  readonly discoveryUrl?: string;
  readonly jwks?: JSONWebKeySet;
  readonly algorithms: string[];
  readonly audiences: string[];
  readonly subjects: readonly string[];
}
interface Verifier {
  readonly callers: readonly Callers[];
  readonly requiredClaims: string[];
  readonly clockSkewSeconds: number;
}

/** An API of one's own. It knows its documents and nothing else, and says to each caller who he is. */
export function reportsApi(issuers: Issuers, trust: () => RenderedTrust, decide: (decision: Decision) => void): TokenService {
  const answer = async ({ url, headers }: ServiceRequest): Promise<Reply> => {
    const api = `https://${url.hostname}`;
    try {
      const caller = await believe(issuers, trust(), headers.authorization?.replace(/^Bearer /, '') ?? '');
      decide({ service: 'jwt', becomes: api });
      return json(200, { api, caller });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      decide({ service: 'jwt', refusedFor: error.because });
      return json(error.because === 'subject' ? 403 : 401, { error: error.message });
    }
  };
  return { hosts: ['reports.example.com'], answer };
}

async function believe(issuers: Issuers, trust: RenderedTrust, token: string): Promise<string> {
  const { issuer, subject, audiences } = issuers.read(token);
  const known = trust.of<Verifier>('jwt.Verifier').flatMap(({ request }) => request.callers.map(caller => ({ ...request, ...caller }))).filter(caller => caller.issuer === issuer);
  if (known.length === 0) throw new Refused('issuer', `${issuer} is no issuer of callers`);
  const meant = known.filter(caller => caller.audiences.some(each => audiences.includes(each)));
  if (meant.length === 0) throw new Refused('audience', `the token is for ${audiences.join(', ')}`);
  const caller = meant.find(({ subjects }) => subjects.includes(subject));
  if (caller === undefined) throw new Refused('subject', `${subject} may not call`);
  const { algorithms, requiredClaims, clockSkewSeconds: clockTolerance } = caller;
  const rules = { issuer, audience: caller.audiences, subject, algorithms, requiredClaims, clockTolerance };
  const keys = createLocalJWKSet(caller.jwks ?? await issuers.keysAt(caller.discoveryUrl ?? ''));
  await jwtVerify(token, keys, rules).catch((error: unknown) => {
    throw new Refused('signature', String(error));
  });
  return subject;
}
