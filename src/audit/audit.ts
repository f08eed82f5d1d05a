import type { AuditCode, AuditLevel, Rule, Sighting } from './rule';
import { RULES } from './rules';
import { viewOf } from './view';
import type { ClusterArtifact } from '../proof/artifacts';
import { podsIn } from '../proof/pods';

/** What is wrong with a manifest, and how to get away from it. */
export interface AuditFinding {
  readonly code: AuditCode;
  readonly level: AuditLevel;
  /** Whom it is about, in words that stay the same when files move: `Deployment shop/web container app`. */
  readonly about: string;
  /** The object to look at: `Deployment shop/web`. */
  readonly object: string;
  readonly message: string;
  readonly fix: string;
  /** What to change, in which order, so that nothing is logged out on the way. */
  readonly plan: readonly string[];
}

/**
 * Looks through the manifests of one cluster, whoever wrote them.
 *
 * @returns what every rule has seen, in the order of objects
 */
export function audit(cluster: ClusterArtifact): readonly AuditFinding[] {
  const view = viewOf(cluster);
  const findings = new Map<string, AuditFinding>();
  const add = (rule: Rule, seen: Iterable<Sighting> = []): void => {
    for (const each of seen) {
      const finding = findingOf(rule, each);
      findings.set(`${finding.code}\n${finding.about}\n${finding.message}`, finding);
    }
  };
  for (const object of cluster.objects) for (const rule of RULES) add(rule, rule.object?.(object, view));
  for (const pod of podsIn([cluster])) for (const rule of RULES) add(rule, rule.pod?.(pod, view));
  return [...findings.values()];
}

function findingOf({ code, level, plan }: Rule, { object, part, message, fix, names = {} }: Sighting): AuditFinding {
  const named = { object, ...names };
  return {
    code,
    level,
    about: part === undefined ? object : `${object} ${part}`,
    object,
    message: `${object}${part === undefined ? '' : `, ${part}`}: ${message}`,
    fix,
    plan: plan.map(step => step.replace(/\{(\w+)\}/g, (word, name: string) => (Object.hasOwn(named, name) ? named[name as keyof typeof named] : word))),
  };
}
