import type { EvidenceDocument, Place } from './document';
import type { Finding } from './finding';
import { gather, shownPlace, type Gathered } from './gather';
import { isOpen } from './open';
import type { ClusterDescription } from './reader';
import { idleTrust, type IdleTrust } from '../proof/idle';
import { podsIn } from '../proof/pods';
import { prove } from '../proof/prove';
import type { Proof, Stranger, Verdict } from '../proof/verdict';
import { witnesses, type Witness } from '../proof/witness';

/** What came of it. */
export interface Verification {
  /** Nothing is refused, nobody else is let in, and everything given could be read. */
  readonly holds: boolean;
  /** Everything that was asked could be answered. */
  readonly decided: boolean;
  readonly verdicts: readonly Verdict[];
  readonly strangers: readonly WitnessedStranger[];
  readonly tokens: Proof['tokens'];
  readonly findings: readonly Finding[];
}

/** Somebody whom a trust lets in though no manifest asks for it, with the claims of one who would get in. */
export interface WitnessedStranger extends Stranger {
  /** Left out where no token of Kubernetes shows it, such as for a principal of the cloud itself. */
  readonly witness?: Witness;
}

/**
 * Proves what documents say, whoever made them: does every workload become whom it asks to become, and who else does?
 *
 * @param documents  manifests, and what the clouds' own tools print
 * @param clusters  whose tokens the workloads carry. Without an issuer, what depends on it is not decided
 */
export function verify(documents: readonly EvidenceDocument[], clusters: readonly ClusterDescription[] = []): Verification {
  return verifyGathered(gather(documents, clusters));
}

/** The same, of what is gathered already. */
export function verifyGathered(gathered: Gathered): Verification {
  const proof = prove({ clusters: gathered.clusters, trust: gathered.trust });
  const shown = witnesses(proof, gathered);
  const strangers = proof.strangers.map((stranger, i): WitnessedStranger => {
    const witness = shown[i];
    return witness === undefined ? stranger : { ...stranger, witness };
  });
  // Walks all pods once more, which only a stranger makes worth it.
  let runners: ReadonlyMap<string, string> | undefined;
  const findings = [
    ...gathered.gaps.map((gap): Finding => ({ ...gap, level: gap.code === 'evidence/unknown' ? 'warning' : 'undecided', about: shownPlace(gap.at) })),
    ...proof.verdicts.flatMap(verdict => findingOf(verdict, gathered)),
    ...tokenFindings(proof, gathered),
    ...strangers.filter(stranger => !isAnswered(stranger, proof.verdicts))
      .map(stranger => strangerFinding(stranger, gathered, runners ??= runnersIn(gathered))),
    ...idleTrust(gathered.trust).map(idle => idleFinding(idle, gathered)),
  ];
  return {
    holds: findings.every(({ level }) => level !== 'error'),
    decided: findings.every(({ level }) => level !== 'undecided'),
    verdicts: proof.verdicts,
    strangers,
    tokens: proof.tokens,
    findings,
  };
}

function findingOf(verdict: Verdict, gathered: Gathered): readonly Finding[] {
  const { cluster, workload, provider, becomes, admitted, decided, reason, difference } = verdict;
  if (admitted) return [];
  const who = becomes === '' ? 'an identity that it does not name' : becomes;
  const at = gathered.workload(cluster, workload);
  const place = at === undefined ? {} : { at };
  const about = `${cluster} ${workload} ${provider} ${who}`;
  if (!decided) {
    const message = `whether ${workload} becomes ${who} (${provider}) is not decided: ${reason}`;
    return [{ code: 'verify/undecided', level: 'undecided', about, message, fix: missing(reason), ...place }];
  }
  const fix = difference === undefined ? 'correct the half that is wrong' : FIXES[difference.claim](JSON.stringify(difference.token), who, workload);
  return [{ code: 'verify/refused', level: 'error', about, message: `${workload} does not become ${who} (${provider}): ${reason}`, fix, ...place }];
}

/** What brings the two halves together, by the claim that parts them. */
const FIXES: { readonly [claim in NonNullable<Verdict['difference']>['claim']]: (token: string, who: string, workload: string) => string } = {
  issuer: (token, who) => `write the issuer ${token} into the trust of ${who}, if that is the issuer of the cluster; else correct what was said of the cluster`,
  subject: (token, who, workload) => `write the subject ${token} into the trust of ${who}, or let ${workload} run as the service account that the trust wants`,
  audience: (token, who, workload) => `write the audience ${token} into the trust of ${who}, or give the token of ${workload} the audience that the trust wants`,
};

function missing(reason: string): string {
  return reason.startsWith('the issuer of ') ? 'name the issuer by --cluster NAME=ISSUER' : 'give the document that says so';
}

function tokenFindings({ tokens }: Proof, gathered: Gathered): readonly Finding[] {
  return tokens.flatMap(({ cluster, workload, audience, file, fault }): readonly Finding[] => {
    if (fault === undefined) return [];
    const at = gathered.workload(cluster, workload);
    const what = `its token for ${audience ?? 'the Kubernetes API'}${file === undefined ? '' : ` at ${file}`}`;
    return [{
      code: 'verify/token',
      level: 'error',
      about: `${cluster} ${workload} ${audience ?? ''}`,
      message: `${workload} can make nothing of ${what}: ${fault}`,
      fix: 'correct the volume, the mount or the user that the container runs as',
      ...(at !== undefined && { at }),
    }];
  });
}

/** Nothing is open by it, and whoever wrote it meant something else. */
function idleFinding({ provider, becomes, by, why }: IdleTrust, gathered: Gathered): Finding {
  const at = gathered.trustNamed(by);
  return {
    code: 'verify/nobody',
    level: 'warning',
    about: `${provider} ${becomes} ${why}`,
    message: `a part of the trust of ${becomes} (${provider}) lets nobody in: ${why}`,
    fix: 'correct the key, or take that part out',
    ...(at !== undefined && { at }),
  };
}

/** Whether it is a workload that asks, and is refused or open: its verdict says what is to be said. A trust for more than one is said besides. */
function isAnswered({ becomes, who, witness }: WitnessedStranger, verdicts: readonly Verdict[]): boolean {
  if (witness === undefined) return false;
  const own = verdicts.filter(({ admitted, becomes: asked, claims }) => !admitted && asked === becomes && claims.subject === witness.subject);
  return own.some(({ decided }) => !decided) || (!isOpen(who) && own.some(({ claims }) => claims.issuer === witness.issuer));
}

/** The workloads that run as an account, by cluster and subject. */
function runnersIn({ clusters }: Gathered): ReadonlyMap<string, string> {
  const runners = new Map<string, string>();
  for (const { cluster, namespace, serviceAccount, workload } of podsIn(clusters)) runners.set(`${cluster.name} system:serviceaccount:${namespace}:${serviceAccount}`, workload);
  return runners;
}

function strangerFinding({ provider, becomes, by, who, witness }: WitnessedStranger, gathered: Gathered, runners: ReadonlyMap<string, string>): Finding {
  const at: Place | undefined = gathered.trustNamed(by);
  const shown = witness === undefined ? '' : `; a token with the issuer ${witness.issuer}, the subject ${witness.subject} and the audience ${witness.audience} gets in`;
  const account = witness?.cluster === undefined ? undefined : gathered.account(witness.cluster, witness.subject);
  const runner = witness?.cluster === undefined ? undefined : runners.get(`${witness.cluster} ${witness.subject}`);
  if (!isOpen(who) && witness !== undefined && runner !== undefined && account === undefined) {
    return {
      code: 'verify/undecided',
      level: 'undecided',
      about: `${provider} ${becomes} ${who}`,
      message: `whether ${runner} becomes ${becomes} (${provider}) is not decided: it runs as ${witness.subject}, whose ServiceAccount is not given`,
      fix: 'give the ServiceAccount',
      ...(at !== undefined && { at }),
    };
  }
  if (!isOpen(who) && account !== undefined && witness !== undefined && runner === undefined) {
    return {
      code: 'verify/unused',
      level: 'warning',
      about: `${provider} ${becomes} ${who}`,
      message: `${witness.subject} in ${String(witness.cluster)} may become ${becomes} (${provider})${by === becomes ? '' : `, by ${by}`}, and no workload here runs as it`,
      fix: 'give the manifests of its workloads, or take it out of the trust',
      at: account,
    };
  }
  return {
    code: isOpen(who) ? 'verify/over-broad' : 'verify/stranger',
    level: 'error',
    about: `${provider} ${becomes} ${who}`,
    message: `${who} becomes ${becomes} (${provider})${by === becomes ? '' : `, by ${by}`}, and no manifest needs it${shown}`,
    fix: 'take it out of the trust, or give the manifests of whoever needs it',
    ...(at !== undefined && { at }),
  };
}
