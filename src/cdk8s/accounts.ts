import type { ApiObject, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { beforeRendering, changeWhenRendered, type Order } from './inject';
import { isApiObject } from './workloads';
import { append } from '../core/append';
import type { Subject } from '../core/claims';
import { InvalidDefinitionError } from '../core/errors';
import { Findings, complain } from '../core/issues';
import type { KubernetesObject } from '../kubernetes/manifest';
import { asExpected } from '../kubernetes/service-account';

/** A service account that an identity runs as, in the charts that it is met in. */
export interface Account {
  readonly maker: IConstruct;
  readonly subject: Subject;
  /** The ServiceAccount, where the identity makes it. */
  readonly made: ApiObject | undefined;
  /** Every object that the identity makes for it, with its namespace as rendered: undefined for one that stands in none. */
  readonly objects: readonly MadeObject[];
  /** How it has to look, where somebody else makes it. Throws where a fact is missing. */
  readonly expected: () => KubernetesObject;
  readonly charts: Set<Chart>;
  /** Those that run as it. */
  readonly workloads: ApiObject[];
}

/** An object of an identity. */
export interface MadeObject {
  readonly object: ApiObject;
  readonly namespace: string | undefined;
}

/** The accounts of one construct tree. */
interface Accounts {
  readonly all: Account[];
  /** Those that an identity makes, by chart and name: a chart may have thousands. */
  readonly made: Map<Chart, Map<string, Account>>;
}

const known = new WeakMap<IConstruct, Accounts>();

/** Every ServiceAccount once in a chart: of two, the one that is applied last would win, and the other's pods lose their cloud without a word. */
export function claimAccount(account: Account): void {
  const { maker, made, subject } = account;
  const accounts = accountsOf(maker.node.root);
  if (made !== undefined) {
    const ofChart = accounts.made.get(made.chart) ?? new Map<string, Account>();
    accounts.made.set(made.chart, ofChart);
    const name = `${subject.namespace}/${subject.serviceAccount}`;
    const twin = ofChart.get(name);
    if (twin !== undefined) throw ownedTwice(subject, twin.maker.node.path, 'let one of them use what the other makes (create: false), or give them different names');
    ofChart.set(name, account);
  }
  accounts.all.push(account);
}

function accountsOf(root: IConstruct): Accounts {
  const present = known.get(root);
  if (present !== undefined) return present;
  const accounts: Accounts = { all: [], made: new Map() };
  known.set(root, accounts);
  beforeRendering(root, constructs => meetOthers(constructs, accounts.all));
  beforeRendering(root, constructs => meetTwins(constructs, accounts.all));
  return accounts;
}

/**
 * ServiceAccounts of somebody else in the same charts, such as one that a Helm chart makes. One that is said to be made elsewhere
 * gets the annotations and labels that its pods need; of one that the identity makes as well, there would be two.
 */
function meetOthers(constructs: readonly IConstruct[], accounts: readonly Account[]): readonly Order[] {
  const orders: Order[] = [];
  const byName = new Map<string, Account[]>();
  for (const account of accounts) append(byName, account.subject.serviceAccount, account);
  const ours = new Set(accounts.map(({ made }) => made));
  for (const object of constructs) {
    if (!isApiObject(object) || object.kind !== 'ServiceAccount' || ours.has(object)) continue;
    for (const { subject, made, expected, charts, workloads } of byName.get(object.name) ?? []) {
      if (!charts.has(object.chart) || (object.metadata.namespace ?? subject.namespace) !== subject.namespace) continue;
      if (made !== undefined) throw ownedTwice(subject, object.node.path, 'say create: false for it in the definition, which then adds what is missing, or switch it off where it is made');
      const wanted = expected();
      changeWhenRendered(object, subject, (manifest, report) => asExpected(manifest, wanted, report));
      orders.push(...workloads.map(workload => ({ first: object, second: workload })));
    }
  }
  return orders;
}

/**
 * Objects that are no ServiceAccounts, and that an identity makes as well: of two Roles of one name, the one that is applied last
 * would win, and with it go rights that nobody took away.
 */
function meetTwins(constructs: readonly IConstruct[], accounts: readonly Account[]): readonly Order[] {
  const made = new Map<string, (MadeObject & Pick<Account, 'charts'>)[]>();
  for (const { objects, charts } of accounts) {
    for (const { object, namespace } of objects) if (object.kind !== 'ServiceAccount') append(made, keyOf(object), { object, namespace, charts });
  }
  if (made.size === 0) return [];
  const findings = new Findings();
  for (const other of constructs) {
    if (!isApiObject(other)) continue;
    for (const { object, namespace, charts } of made.get(keyOf(other)) ?? []) {
      if (object === other || !charts.has(other.chart) || (namespace !== undefined && (other.metadata.namespace ?? namespace) !== namespace)) continue;
      complain(findings.report, 'identity/owned-twice', object.node.path, {
        expected: `one maker of the ${object.kind} ${namespace === undefined ? '' : `${namespace}/`}${object.name}`, got: other.node.path, fix: 'give the other one another name, or say what it grants under rbac and take it out',
      });
    }
  }
  if (findings.errors.length > 0) throw new InvalidDefinitionError('objects of an identity', findings.all);
  return [];
}

/** What is one object in a namespace, whatever the version of its group. */
function keyOf({ apiVersion, kind, name }: ApiObject): string {
  return `${apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')))} ${kind} ${name}`;
}

function ownedTwice({ namespace, serviceAccount }: Subject, other: string, fix: string): InvalidDefinitionError {
  const findings = new Findings();
  complain(findings.report, 'identity/owned-twice', 'serviceAccount', { expected: `one maker of the ServiceAccount ${namespace}/${serviceAccount}`, got: other, fix });
  return new InvalidDefinitionError('service account', findings.all);
}
