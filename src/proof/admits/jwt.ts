import type { TrustArtifact } from '../artifacts';
import { tokensOf } from '../files';
import { data, list, shown, type Data, type PodView } from '../pods';
import type { Admission, Admitter, Ask, BearerToken, Judgement, Objection, TrustIndex } from './admitter';
import { closest, differences, refusalOf, type Compared } from './difference';
import { mint } from './mint';
import { isAsymmetric } from './objections';

const KIND = 'jwt.Verifier';

/** An API that verifies tokens itself, by a document: each caller is an issuer with its keys, audiences and subjects. https://www.rfc-editor.org/rfc/rfc7519#section-4.1 */
export const jwt: Admitter = {
  kinds: [KIND],
  asksOf,
  // The audience says whom a token is for, and not who its bearer is.
  keyOf: ({ issuer, subject }) => [issuer, subject].join('\n'),
  judge,
  objectionTo,
  admissionsOf,
  filedAs: ({ kind, becomes, request }) => (kind === KIND ? [...new Set([becomes ?? '', ...callersOf(request).flatMap(({ audiences }) => texts(audiences))])] : []),
};

/** Whoever has a token for an API means to show it there. */
function asksOf(pod: PodView, trust: TrustIndex): readonly Ask[] {
  if (!trust.has('jwt')) return [];
  return pod.containers.flatMap(container => tokensOf(pod, container)).flatMap(({ token: { audience }, fault }) => {
    if (audience === undefined) return [];
    const apis = new Set(trust.filed('jwt', audience).flatMap(({ becomes }) => (becomes === undefined ? [] : [becomes])));
    return [...apis].map((becomes): Ask => ({ becomes, claims: mint(pod, audience), ...(fault !== undefined && { fault }) }));
  });
}

function judge({ becomes, claims }: Ask, trust: TrustIndex): Judgement {
  const undecided = (reason: string): Judgement => ({ admitted: false, decided: false, reason, alsoAdmits: [] });
  const documents = trust.byHandle(becomes).filter(({ kind }) => kind === KIND);
  if (documents.length === 0) return undecided(`what ${becomes} verifies by is not among the documents`);
  const { issuer } = claims;
  if (issuer === undefined) return undecided(`the issuer of ${claims.cluster.name} is not known`);
  const refusals: (readonly Compared[])[] = [];
  for (const { name, request } of documents) {
    for (const caller of callersOf(request)) {
      const { audiences, subjects } = caller;
      const different = differences([
        { claim: 'issuer', token: issuer, trust: shown(caller.issuer) },
        compared('subject', claims.subject, subjects),
        compared('audience', claims.audience, audiences),
      ]);
      const fault = faultOf(caller);
      if (different.length === 0 && fault !== undefined) return { admitted: false, decided: true, by: name, reason: fault, alsoAdmits: [] };
      if (different.length === 0) return { admitted: true, decided: true, by: name, reason: `issuer, subject and audience are those of one of its callers, whose keys are ${whereKeysAre(caller)}`, alsoAdmits: [] };
      refusals.push(different);
    }
  }
  const [first] = closest(refusals);
  return { admitted: false, decided: true, ...refusalOf(first ?? `${becomes} has no callers`), alsoAdmits: [] };
}

/** Each caller says by which algorithms it signs; what else a verifier looks at is its own affair. */
function objectionTo({ algorithm, issuer, expires }: BearerToken, { becomes }: Ask, trust: TrustIndex): Objection | undefined {
  const documents = trust.byHandle(becomes).filter(({ kind }) => kind === KIND);
  const callers = documents.flatMap(({ request }) => callersOf(request)).filter(caller => caller.issuer === issuer);
  const algorithms = [...new Set(callers.flatMap(caller => texts(caller.algorithms)))];
  if (callers.length > 0 && !algorithms.includes(algorithm)) {
    return { decided: true, reason: `it takes tokens of this issuer that are signed by ${algorithms.join(', ')}, the token has ${JSON.stringify(algorithm)}` };
  }
  if (callers.length > 0 && !isAsymmetric(algorithm)) return { decided: false, reason: `the document lists ${algorithm}, by which whoever knows the public key may be able to sign` };
  return expires === undefined ? { decided: false, ifAdmitted: true, reason: 'the token has no expiry, and whether its verifier takes such a one is not known here' } : undefined;
}

/** A list that is not there, or is empty, lets in nobody: an API must not read it as everybody. */
function compared(claim: Compared['claim'], token: string, wanted: unknown): Compared {
  return { claim, token, trust: texts(wanted).includes(token) ? token : texts(wanted).join('" or "') };
}

/** Why nobody's signature can be checked by this. */
function faultOf(caller: Data): string | undefined {
  const places = [caller.discoveryUrl, caller.jwksUri, caller.jwks].filter(place => place !== undefined).length;
  if (places !== 1) return `the document has ${places === 0 ? 'no place' : `${places} places`} of the keys of ${shown(caller.issuer)}, and takes one`;
  if (caller.jwks !== undefined && list(data(caller.jwks).keys).length === 0) return `the document has no key of ${shown(caller.issuer)}`;
  return texts(caller.algorithms).length === 0 ? `the document has no algorithm for ${shown(caller.issuer)}` : undefined;
}

function whereKeysAre({ discoveryUrl, jwksUri }: Data): string {
  return discoveryUrl === undefined && jwksUri === undefined ? 'in the document' : `named by ${shown(discoveryUrl ?? jwksUri)}`;
}

function admissionsOf({ kind, request }: TrustArtifact): readonly Admission[] {
  return kind === KIND ? callersOf(request).flatMap(ofCaller) : [];
}

function ofCaller(caller: Data): readonly Admission[] {
  const issuer = shown(caller.issuer);
  const open = texts(caller.algorithms).filter(algorithm => !/^(RS|PS|ES)\d{3}$|^EdDSA$/.test(algorithm));
  // A signature of a secret is one that whoever knows the public key can make, where a verifier takes the one for the other.
  if (open.length > 0) return [{ who: `everybody who writes a token of ${issuer}, since it takes ${open.join(', ')}` }];
  if (texts(caller.subjects).length === 0) return [{ who: `every service account of ${issuer}, where an empty list of subjects is read as everybody` }];
  return texts(caller.subjects).map(subject => {
    if (subject.includes('*')) return { who: `every service account of ${issuer} like ${subject}, where a verifier knows wildcards` };
    if (texts(caller.audiences).length === 0) return { who: `${subject} of ${issuer}, with a token for anybody` };
    return { key: [issuer, subject].join('\n'), who: `${subject} of ${issuer}` };
  });
}

function callersOf(request: unknown): readonly Data[] {
  return list(data(request).callers);
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(shown) : [];
}
