import { Chart, YamlOutputType, type ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { InvalidDefinitionError } from '../core/errors';
import type { Issue, Report } from '../core/issues';
import { inject } from '../kubernetes/inject';
import type { PodInjection } from '../kubernetes/injection';

/** An object, how it renders by itself, and what it is to carry: one entry however many identities are attached. */
interface Attachment {
  readonly object: ApiObject;
  readonly toJson: () => object;
  readonly injections: Set<PodInjection>;
}

/** The attachments of one construct tree. */
interface Book {
  readonly attachments: Attachment[];
  checked: boolean;
}

const attached = new WeakMap<ApiObject, Attachment>();
const books = new WeakMap<IConstruct, Book>();

/**
 * Puts the injection into the object whenever it is rendered, so that containers that are added later have it too.
 *
 * cdk8s has no hook for this that reaches every kind of object: patches are bound to the positions that lists have when
 * they are made, and apply before the objects of `cdk8s import` turn into manifests. So `toJson` is replaced, once.
 */
export function injectWhenRendered(object: ApiObject, injection: PodInjection): void {
  const book = bookOf(object.node.root);
  book.checked = false;
  const present = attached.get(object);
  if (present !== undefined) {
    present.injections.add(injection);
    return;
  }
  const attachment: Attachment = { object, toJson: object.toJson.bind(object) as () => object, injections: new Set([injection]) };
  attached.set(object, attachment);
  book.attachments.push(attachment);
  object.toJson = () => {
    let contradicted = false;
    const manifest = render(attachment, issue => {
      contradicted ||= issue.severity === 'error';
    });
    // Nothing that contradicts its identity is ever handed out. The error names all that do, wherever in the tree.
    if (contradicted) throw errorOf(contradictionsIn(book));
    return manifest;
  };
}

function render({ toJson, injections }: Attachment, report: Report): object {
  let manifest = toJson();
  for (const injection of injections) manifest = inject(manifest, injection, report);
  return manifest;
}

function bookOf(root: IConstruct): Book {
  const present = books.get(root);
  if (present !== undefined) return present;
  const book: Book = { attachments: [], checked: false };
  books.set(root, book);
  root.node.addValidation({ validate: () => lookAhead(root, book) });
  return book;
}

/** What would otherwise come to light when a part of the output is on the disk already. Costs a rendering, and cdk8s asks again for every chart. */
function lookAhead(root: IConstruct, book: Book): string[] {
  if (!book.checked && writesWhileItRenders(root)) {
    const issues = contradictionsIn(book);
    // Thrown and not returned: the same error, with its code, however cdk8s comes upon it.
    if (issues.length > 0) throw errorOf(issues);
    book.checked = true;
  }
  return [];
}

function writesWhileItRenders(root: IConstruct): boolean {
  return (root as { readonly yamlOutputType?: YamlOutputType }).yamlOutputType === YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE
    || root.node.findAll().filter(construct => Chart.isChart(construct)).length > 1;
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
