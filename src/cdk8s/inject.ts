import { Chart, YamlOutputType, type ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { warnOnce } from './warn';
import { InvalidDefinitionError } from '../core/errors';
import type { Issue, Report } from '../core/issues';
import { inject } from '../kubernetes/inject';
import type { PodParts } from '../kubernetes/injection';

/** What is done to a manifest when it is rendered. */
export type Change = (manifest: object, report: Report) => object;

/** An object, how it renders by itself, and what it is to carry: one entry however many identities are attached. */
interface Attachment {
  readonly object: ApiObject;
  readonly toJson: () => object;
  /** Each once, by what it comes from. */
  readonly changes: Map<object, Change>;
  /** The same, after all others: tokens without an identity are for whoever the pods run as by then. */
  readonly late: Map<object, Change>;
}

/** Objects of one chart that have to come in this order. */
export interface Order {
  readonly first: ApiObject;
  readonly second: ApiObject;
}

/** What can only be found out when the tree is complete. */
export type Step = (constructs: readonly IConstruct[]) => readonly Order[];

/** What is attached in one construct tree. */
interface Book {
  readonly attachments: Attachment[];
  /** Pairs that have to come in this order. */
  orders: Order[];
  readonly steps: Step[];
  /** Whether there is something that nobody has looked at before a synthesis. */
  fresh: boolean;
}

const attached = new WeakMap<ApiObject, Attachment>();
const books = new WeakMap<IConstruct, Book>();

/** Does the step before anything of the tree is rendered. */
export function beforeRendering(root: IConstruct, step: Step): void {
  const book = bookOf(root);
  book.steps.push(step);
  book.fresh = true;
}

/**
 * Puts the injection into the object whenever it is rendered, so that containers that are added later have it too.
 *
 * @param account  the object that has to come before it, if they are in one chart
 */
export function injectWhenRendered(object: ApiObject, injection: PodParts, account: ApiObject | undefined): void {
  const late = injection.serviceAccountName === undefined;
  const book = changeWhenRendered(object, injection, (manifest, report) => inject(manifest, injection, report), late);
  book.fresh = true;
  // Between charts no order is asked for: cdk8s would rename all files, and two identities could make a circle.
  if (account !== undefined && account.chart === object.chart) book.orders.push({ first: account, second: object });
}

/**
 * Does the change whenever the object is rendered.
 *
 * cdk8s has no hook for this that reaches every kind of object: patches are bound to the positions that lists have when
 * they are made, and apply before the objects of `cdk8s import` turn into manifests. So `toJson` is replaced, once.
 *
 * @param cause  what the change comes from: of one cause, it is done once
 * @param late  whether it is done after all others
 */
export function changeWhenRendered(object: ApiObject, cause: object, change: Change, late = false): Book {
  const book = bookOf(object.node.root);
  const present = attached.get(object);
  if (present !== undefined) {
    (late ? present.late : present.changes).set(cause, change);
    return book;
  }
  const attachment: Attachment = { object, toJson: object.toJson.bind(object) as () => object, changes: new Map(), late: new Map() };
  (late ? attachment.late : attachment.changes).set(cause, change);
  attached.set(object, attachment);
  book.attachments.push(attachment);
  object.toJson = () => {
    let contradicted = false;
    const manifest = render(attachment, issue => {
      if (issue.severity === 'error') contradicted = true;
      else warnOnce(object, issue);
    });
    // Nothing that contradicts its identity is ever handed out. The error names all that do, wherever in the tree.
    if (contradicted) throw errorOf(contradictionsIn(book));
    return manifest;
  };
  return book;
}

function render({ toJson, changes, late }: Attachment, report: Report): object {
  let manifest = toJson();
  for (const change of changes.values()) manifest = change(manifest, report);
  for (const change of late.values()) manifest = change(manifest, report);
  return manifest;
}

function bookOf(root: IConstruct): Book {
  const present = books.get(root);
  if (present !== undefined) return present;
  const book: Book = { attachments: [], orders: [], steps: [], fresh: true };
  books.set(root, book);
  // cdk8s validates everything before it renders anything, and once more for every chart: the only place to prepare in.
  root.node.addValidation({
    validate: () => {
      if (book.fresh) prepare(root, book);
      return [];
    },
  });
  return book;
}

function prepare(root: IConstruct, book: Book): void {
  const constructs = root.node.findAll();
  for (const step of book.steps) book.orders.push(...step(constructs).filter(({ first, second }) => first.chart === second.chart));
  putInOrder(constructs, book);
  if (writesWhileItRenders(root, constructs)) {
    // What would otherwise come to light when a part of the output is on the disk already.
    const issues = contradictionsIn(book);
    // Thrown and not returned: the same error, with its code, however cdk8s comes upon it.
    if (issues.length > 0) throw errorOf(issues);
  }
  book.fresh = false;
}

/** cdk8s renders in the order of the tree. A dependency is made only where that is the wrong one: each of them costs cdk8s as much as an object. */
function putInOrder(constructs: readonly IConstruct[], book: Book): void {
  const places = new Map<IConstruct, number>();
  for (const construct of constructs) places.set(construct, places.size);
  for (const { first, second } of book.orders) {
    if ((places.get(first) ?? 0) > (places.get(second) ?? 0)) second.node.addDependency(first);
  }
  book.orders = [];
}

function writesWhileItRenders(root: IConstruct, constructs: readonly IConstruct[]): boolean {
  return (root as { readonly yamlOutputType?: YamlOutputType }).yamlOutputType === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE
    || constructs.filter(construct => Chart.isChart(construct)).length > 1;
}

function contradictionsIn({ attachments }: Book): readonly Issue[] {
  return attachments.flatMap(attachment => {
    const { path } = attachment.object.node;
    const issues: Issue[] = [];
    try {
      render(attachment, issue => issues.push({ ...issue, path: `${path}: ${issue.path}`, message: `${path}: ${issue.message}` }));
    } catch {
      // What does not render at all is for cdk8s to tell, when it renders.
    }
    return issues.filter(issue => issue.severity === 'error');
  });
}

function errorOf(issues: readonly Issue[]): InvalidDefinitionError {
  return new InvalidDefinitionError('workloads with an identity', issues);
}
