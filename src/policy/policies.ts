import { readOptions, type EnforcementLevel, type PolicyOptions, type ReadOptions } from './input';
import type { ReportViolation, ResourcePolicy, StackPolicies, StackPolicy, StackResource, StackView } from './pack';
import { documentOf, urnAt } from './read-stack';
import { audit } from '../audit';
import { gather, verifyGathered, type Finding, type Gathered, type Place } from '../evidence';
import { NOT_KNOWN_YET } from '../proof/artifacts';

/** What a policy has to say of one thing. */
interface Found {
  readonly code: string;
  readonly message: string;
  readonly fix: string;
  readonly urn?: string;
}

/** Finds something in a stack. */
type Look = (stack: StackView) => readonly Found[];

/**
 * Policies for a policy pack of Pulumi: who may become whom by the resources of a stack, whoever wrote them, and whether its manifests have mistakes with
 * tokens. `symbolon-over-broad` looks at each resource before it is made; `symbolon-proof`, `symbolon-undecided` and `symbolon-audit` at the whole stack.
 *
 * ```ts
 * new PolicyPack('symbolon', symbolonPolicies({ clusters: [blue] }));
 * ```
 *
 * A preview knows less than an update: what depends on a value that is made first is not decided then, and never held for right.
 *
 * https://www.pulumi.com/docs/insights/policy/policy-packs/authoring/
 *
 * @throws InvalidDefinitionError when the options are wrong
 */
export function symbolonPolicies(options: PolicyOptions = {}): StackPolicies {
  const read = readOptions(options);
  const { proof, undecided } = read;
  const broad: Look = stack => proofOf(stack, read, ({ code }) => code === 'verify/over-broad');
  // What a resource shows by itself is said of it once.
  const wrong: Look = stack => {
    const alone = new Set(stack.resources.flatMap(resource => broad({ resources: [resource] })).map(keyOf));
    return proofOf(stack, read, ({ level }) => level === 'error').filter(found => !alone.has(keyOf(found)));
  };
  return {
    policies: [
      onResources('symbolon-over-broad', 'A trust names whom it lets in.', proof, broad),
      onStack('symbolon-proof', 'Workloads become whom they ask to become, and nobody else does.', proof, wrong),
      onStack('symbolon-undecided', 'Whoever may become whom can be told from the stack.', undecided, stack => proofOf(stack, read, ({ level }) => level !== 'error')),
      onStack('symbolon-audit', 'Workloads make no mistakes with their tokens.', read.audit, stack => auditOf(stack, read)),
    ],
  };
}

function onStack(name: string, description: string, enforcementLevel: EnforcementLevel, look: Look): StackPolicy {
  return { name, description, enforcementLevel, validateStack: (stack, reportViolation) => tell(look(stack), reportViolation) };
}

function onResources(name: string, description: string, enforcementLevel: EnforcementLevel, look: Look): ResourcePolicy {
  const validateResource = (resource: StackResource, reportViolation: ReportViolation): void => tell(look({ resources: [resource] }), reportViolation);
  return { name, description, enforcementLevel, validateResource };
}

function tell(findings: readonly Found[], reportViolation: ReportViolation): void {
  for (const { code, message, fix, urn } of findings) reportViolation(`${message}; ${fix} [${code}]`, urn);
}

function keyOf({ message, urn = '' }: Found): string {
  return `${urn}\n${message}`;
}

function proofOf(stack: StackView, options: ReadOptions, wanted: (finding: Finding) => boolean): readonly Found[] {
  const { gathered, found } = readStack(stack, options);
  const { findings } = verifyGathered(gathered);
  // Whoever a trust names may be a workload that cannot be read yet.
  const unread = findings.some(finding => finding.code === 'evidence/unsaid' && isManifest(found(finding, finding.at)));
  return findings.map((finding): Finding => (unread && finding.code === 'verify/stranger' ? { ...finding, level: 'undecided' } : finding)).filter(wanted).map(finding => found(finding, finding.at));
}

/** Whether it is said of something in a cluster. */
function isManifest({ urn = '' }: Found): boolean {
  return /[:$]kubernetes:[^:]+:\w+::/.test(urn);
}

function auditOf(stack: StackView, options: ReadOptions): readonly Found[] {
  const { gathered, found } = readStack(stack, options);
  const findings = gathered.clusters.flatMap(cluster => audit(cluster).map(finding => found(finding, gathered.workload(cluster.name, finding.object))));
  // What stands for a value that is made first is nobody's mistake.
  return findings.filter(({ message }) => !message.includes(NOT_KNOWN_YET));
}

interface ReadStack {
  readonly gathered: Gathered;
  readonly found: (finding: Found, at: Place | undefined) => Found;
}

function readStack(stack: StackView, { clusters, said }: ReadOptions): ReadStack {
  const document = documentOf(stack, said);
  const found = ({ code, message, fix }: Found, at: Place | undefined): Found => {
    const urn = at === undefined ? undefined : urnAt(at.path, document);
    return { code, message, fix, ...(urn !== undefined && { urn }) };
  };
  return { gathered: gather([document], clusters), found };
}
