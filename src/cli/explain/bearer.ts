import type { DecodedToken } from './decode';
import type { SignatureReport } from './signature';
import { show } from '../../core/issues';
import { isData, dataOf, type Data } from '../../kubernetes/data';
import type { PresentedToken } from '../../proof/ask';

/** An object that a token is bound to. */
export interface BoundObject {
  readonly name: string;
  readonly uid?: string;
}

/** Who a token says its bearer is. */
export interface Who {
  readonly subject?: string;
  readonly namespace?: string;
  readonly serviceAccount?: BoundObject;
  readonly pod?: BoundObject;
  readonly node?: BoundObject;
  readonly secret?: BoundObject;
}

/** Seconds since 1970, each where the token has it. */
export interface Times {
  readonly issued?: number;
  readonly notBefore?: number;
  readonly warnAfter?: number;
  readonly expires?: number;
}

/** What the token's time has against it: why nobody takes it, or why that cannot be told. */
export interface TimeReport {
  readonly fault?: string;
  readonly doubt?: string;
}

/** Something about the token that a reader has to know. */
export interface Remark {
  readonly code: 'token/legacy' | 'token/unsigned' | 'token/secret-signed' | 'token/foreign' | 'token/critical' | 'token/zipped' | 'token/no-audience' | 'token/no-expiry' | 'token/extended';
  readonly message: string;
}

/** What a token says, in the words of Kubernetes. */
export interface Bearer {
  readonly who: Who;
  readonly issuer?: string;
  readonly audiences: readonly string[];
  readonly times: Times;
  readonly legacy: boolean;
  readonly remarks: readonly Remark[];
}

/** Reads the claims of a service account's token: a bound one, or one of a Secret. https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/ */
export function bearerOf({ header, claims }: DecodedToken): Bearer {
  const own = dataOf(claims['kubernetes.io']);
  const old = flat(claims);
  const legacy = claims.iss === 'kubernetes/serviceaccount' || old.namespace !== undefined;
  const subject = text(claims.sub);
  const [namespace, serviceAccount] = [text(own.namespace) ?? old.namespace, objectIn(own.serviceaccount) ?? old.account];
  const secret = objectIn(own.secret) ?? old.secret;
  const [pod, node] = [objectIn(own.pod), objectIn(own.node)];
  const issuer = text(claims.iss);
  const times = timesIn(claims, own);
  const audiences = typeof claims.aud === 'string' ? [claims.aud] : Array.isArray(claims.aud) ? claims.aud as readonly string[] : [];
  return {
    who: {
      ...(subject !== undefined && { subject }),
      ...(namespace !== undefined && { namespace }),
      ...(serviceAccount !== undefined && { serviceAccount }),
      ...(pod !== undefined && { pod }),
      ...(node !== undefined && { node }),
      ...(secret !== undefined && { secret }),
    },
    ...(issuer !== undefined && { issuer }),
    audiences,
    times,
    legacy,
    remarks: remarksOn({ header, legacy, subject, audiences, times }),
  };
}

/** https://www.rfc-editor.org/rfc/rfc7515#section-4.1.11 */
const CRITICAL = 'whoever does not know what it names has to refuse the token, and no API server writes it';
/** https://www.rfc-editor.org/rfc/rfc7516#section-4.1.3 */
const ZIPPED = 'only encrypted tokens are compressed; of a signed one some readers ignore it, and others refuse the token';

function remarksOn({ header, legacy, subject, audiences, times }: Pick<DecodedToken, 'header'> & { readonly subject: string | undefined } & Pick<Bearer, 'legacy' | 'audiences' | 'times'>): readonly Remark[] {
  const remarks: Remark[] = [];
  const { alg } = header;
  const remark = (code: Remark['code'], message: string): void => { remarks.push({ code, message }); };
  if (alg.toLowerCase() === 'none') remark('token/unsigned', 'it is signed by nobody (alg none): whoever takes it takes whatever anybody writes');
  if (/^HS/i.test(alg)) remark('token/secret-signed', `it is signed by a secret (${alg}), by which no API server signs`);
  if (header.crit !== undefined) remark('token/critical', `its header has crit (${show(header.crit)}): ${CRITICAL}`);
  if (header.zip !== undefined) remark('token/zipped', `its header has zip (${show(header.zip)}): ${ZIPPED}`);
  if (legacy) {
    const open = [...audiences.length === 0 ? ['for nobody in particular'] : [], ...times.expires === undefined ? ['for ever'] : []];
    remark('token/legacy', `it is a token of a Secret, as Kubernetes made them by itself before 1.24${open.length === 0 ? '' : `: ${open.join(' and ')}`}; use a projected one`);
    return remarks;
  }
  if (!/^system:serviceaccount:[^:]+:[^:]+$/.test(subject ?? '')) remark('token/foreign', 'it is no token of a Kubernetes service account');
  if (audiences.length === 0) remark('token/no-audience', 'it is for nobody in particular (no aud)');
  if (times.expires === undefined) remark('token/no-expiry', 'it is for ever (no exp)');
  if (times.warnAfter !== undefined) remark('token/extended', 'it is the API server\'s own, and lives longer than was asked for: from warnafter on it is counted as stale');
  return remarks;
}

/** As the proof asks with it. */
export function presented(
  { header, claims }: DecodedToken, { who, issuer, audiences, times: { expires, issued } }: Bearer, signature: SignatureReport, time: TimeReport,
): PresentedToken {
  const critical = header.crit === undefined ? undefined : `the token's header has crit: ${CRITICAL}`;
  const zipped = header.zip === undefined ? undefined : `the token's header has zip: ${ZIPPED}`;
  const fault = signature.state === 'invalid' || signature.state === 'none' ? signature.says : critical ?? time.fault;
  const doubt = signature.state === 'unknown' ? signature.says : zipped ?? time.doubt;
  return {
    algorithm: header.alg,
    ...(issuer !== undefined && { issuer }),
    ...(who.subject !== undefined && { subject: who.subject }),
    audiences,
    ...(expires !== undefined && { expires }),
    ...(issued !== undefined && { issued }),
    claims,
    ...(fault !== undefined && { fault }),
    ...(doubt !== undefined && { doubt }),
  };
}

/** What tokens of Secrets have in the place of `kubernetes.io`. */
function flat(claims: Data): { readonly namespace?: string; readonly account?: BoundObject; readonly secret?: BoundObject } {
  const said = (name: string): string | undefined => text(claims[`kubernetes.io/serviceaccount/${name}`]);
  const [namespace, name, uid, secret] = [said('namespace'), said('service-account.name'), said('service-account.uid'), said('secret.name')];
  return {
    ...(namespace !== undefined && { namespace }),
    ...(name !== undefined && { account: { name, ...(uid !== undefined && { uid }) } }),
    ...(secret !== undefined && { secret: { name: secret } }),
  };
}

function timesIn({ iat, nbf, exp }: Data, { warnafter }: Data): Times {
  return {
    ...(typeof iat === 'number' && { issued: iat }),
    ...(typeof nbf === 'number' && { notBefore: nbf }),
    ...(typeof warnafter === 'number' && { warnAfter: warnafter }),
    ...(typeof exp === 'number' && { expires: exp }),
  };
}

function objectIn(value: unknown): BoundObject | undefined {
  if (!isData(value) || typeof value.name !== 'string') return undefined;
  return { name: value.name, ...(typeof value.uid === 'string' && { uid: value.uid }) };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
