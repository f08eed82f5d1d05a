import { GRANTS, type Grant, type Surroundings } from './grants';
import type { State, TrustMap } from './map';
import { Sketch } from './sketch';
import { lifetimesIn } from './tokens';
import { append } from '../core/append';
import { byText } from '../core/names';
import type { Finding, Gathered, Verification, WitnessedStranger } from '../evidence';
import type { TrustArtifact } from '../proof/artifacts';
import type { Verdict } from '../proof/verdict';

/**
 * The map of what was found: workload, token, cloud identity, permission.
 *
 * @param verification  what the proof found out
 * @param gathered  what it was found in: only there stands what an identity may do
 */
export function mapOf({ verdicts, strangers, tokens, findings }: Verification, gathered: Pick<Gathered, 'clusters' | 'trust' | 'trustNamed'>): TrustMap {
  const sketch = new Sketch();
  const lifetimes = lifetimesIn(gathered.clusters);
  const carried = ({ cluster, workload, subject }: Pick<Verdict, 'cluster' | 'workload' | 'subject'>, audience: string | undefined, more: readonly string[] = []): readonly [string, string] => {
    const { namespace, serviceAccount } = subject;
    const from = sketch.node([cluster, workload], { kind: 'workload', label: workload, cluster, namespace, notes: [`runs as ${namespace}/${serviceAccount}`] });
    const notes = [...more, ...lifetimes(cluster, workload, audience ?? '')];
    return [from, sketch.node([cluster, workload, audience ?? ''], { kind: 'token', label: audience ?? 'the Kubernetes API', cluster, namespace, notes })];
  };
  const names = namesIn(gathered.trust);
  const identity = (provider: string, becomes: string): string => sketch.node([provider, becomes], { kind: 'identity', label: becomes === '' ? 'an identity that is not named' : becomes, provider, notes: names(provider, becomes) });

  for (const verdict of verdicts) {
    const { provider, becomes, claims, admitted, decided, reason, alsoAdmits } = verdict;
    const [workload, token] = carried(verdict, claims.audience, [`subject ${claims.subject}`, ...claims.issuer === undefined ? [] : [`issuer ${claims.issuer}`]]);
    const also = admitted && alsoAdmits.length > 0 ? `; also ${alsoAdmits.join('; ')}` : '';
    sketch.edge({ from: workload, to: token });
    sketch.edge({ from: token, to: identity(provider, becomes), state: admitted ? 'admitted' : decided ? 'refused' : 'undecided', why: `${reason}${also}` });
  }
  for (const report of tokens) {
    const [workload, token] = carried(report, report.audience);
    sketch.edge({ from: workload, to: token, ...(report.fault !== undefined && { state: 'refused', why: report.fault }) });
  }
  const found = new Map(findings.map(finding => [finding.about, finding]));
  for (const stranger of strangers) {
    const { provider, becomes, who, by, witness } = stranger;
    const state = stateOf(stranger, found);
    const notes = witness === undefined ? [] : [`such as a token with the issuer ${witness.issuer}, the subject ${witness.subject} and the audience ${witness.audience}`];
    const from = sketch.node([provider, becomes, by, who], { kind: 'stranger', label: who, provider, notes });
    sketch.edge({ from, to: identity(provider, becomes), state, why: `let in by ${by}` });
  }
  const loose: string[] = [];
  for (const [provider, grants] of grantsIn(gathered, identitiesIn(gathered.trust, verdicts))) {
    for (const { becomes, label, own } of grants) {
      if (becomes === undefined) loose.push(`${provider}: ${label}`);
      else sketch.edge({ from: identity(provider, becomes), to: sketch.node([provider, label, ...own === true ? [becomes] : []], { kind: 'permission', label, provider, notes: [] }) });
    }
  }
  for (const { provider, becomes } of gathered.trust) if (becomes !== undefined) identity(provider, becomes);
  return sketch.finished(loose);
}

/** What the documents are called that say who becomes an identity, where its own name says nothing of it: client ids are numbers. The rest is counted. */
function namesIn(trust: readonly TrustArtifact[]): (provider: string, becomes: string) => readonly string[] {
  const names = new Map<string, string[]>();
  for (const { provider, becomes, name } of trust) {
    if (becomes !== undefined && !name.includes(becomes)) append(names, JSON.stringify([provider, becomes]), name);
  }
  return (provider, becomes) => {
    const all = [...names.get(JSON.stringify([provider, becomes])) ?? []].sort(byText);
    return all.length < 3 ? all.map(name => `by ${name}`) : [`by ${String(all[0])}`, `and ${all.length - 1} more`];
  };
}

const STATE_OF: { readonly [code in Finding['code']]?: State } = { 'verify/over-broad': 'over-broad', 'verify/stranger': 'stranger', 'verify/unused': 'unused' };

/** As it was found. One of whom nothing was said may be a workload whose own verdict is open. */
function stateOf({ provider, becomes, who }: WitnessedStranger, found: ReadonlyMap<string, Finding>): State {
  const finding = found.get(`${provider} ${becomes} ${who}`);
  return finding === undefined ? 'undecided' : STATE_OF[finding.code] ?? 'undecided';
}

/** By provider. */
type Identities = ReadonlyMap<string, Pick<Surroundings, 'identities' | 'ending'>>;

const NOBODY: Pick<Surroundings, 'identities' | 'ending'> = { identities: new Set(), ending: () => [] };

function identitiesIn(trust: readonly TrustArtifact[], verdicts: readonly Verdict[]): Identities {
  const found = new Map<string, Set<string>>();
  for (const { provider, becomes } of [...trust, ...verdicts]) {
    if (becomes !== undefined) found.set(provider, (found.get(provider) ?? new Set()).add(becomes));
  }
  return new Map([...found].map(([provider, identities]) => {
    const endings = new Map<string, string[]>();
    for (const identity of identities) append(endings, identity.slice(identity.lastIndexOf('/') + 1), identity);
    return [provider, { identities, ending: name => endings.get(name) ?? [] }];
  }));
}

function* grantsIn({ trust, trustNamed }: Pick<Gathered, 'trust' | 'trustNamed'>, identities: Identities): Generator<readonly [string, readonly Grant[]]> {
  const files = new Map<string, TrustArtifact[]>();
  // So the reader of what symbolon synth writes calls the parts of a file.
  const fileOf = ({ name, provider }: TrustArtifact): string | undefined => {
    const at = trustNamed(name);
    return at?.path.startsWith('documents[') === true ? JSON.stringify([provider, at.file, at.document]) : undefined;
  };
  for (const document of trust) {
    const file = fileOf(document);
    if (file !== undefined) append(files, file, document);
  }
  const beside: Surroundings['beside'] = document => files.get(fileOf(document) ?? '') ?? [];
  for (const document of trust) {
    const grants = GRANTS[document.provider]?.(document, { ...identities.get(document.provider) ?? NOBODY, beside });
    if (grants !== undefined && grants.length > 0) yield [document.provider, grants];
  }
}
