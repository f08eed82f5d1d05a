import { isData, type Data } from '../../../kubernetes/data';
import type { TrustArtifact } from '../../../proof/artifacts';
import type { Knowledge } from '../../knowledge';
import type { Unsaid } from '../../reader';

/** Stands for a value that the tool does not know before it is made, or keeps secret. */
export const UNKNOWN = Symbol('unknown');

/** A resource of an infrastructure tool. What they call and spell differently is called and spelt as Terraform does. */
export interface Resource {
  /** `aws_iam_role`. */
  readonly type: string;
  /** What the tool calls it: an address or a URN. */
  readonly address: string;
  /** Where it stands in the document. */
  readonly path: string;
  readonly values: Data;
  /** What its provider was told, as far as it is there. */
  readonly provider: Data;
}

/** What a row reads besides the resource itself. */
export interface Surroundings {
  readonly knowledge: Knowledge;
  /** The words of the user: an account, the address of a Vault. */
  readonly said: readonly string[];
}

/** What one resource says. */
export interface Made {
  readonly trust?: readonly TrustArtifact[];
  readonly unsaid?: readonly Omit<Unsaid, 'path'>[];
}

/** Turns a resource of one type into the requests that would make it. */
export type Row = (fields: Fields, surroundings: Surroundings) => Made;

/** The fields of a resource, which keep in mind what was asked for and is not known. */
export class Fields {
  private readonly missing = new Set<string>();

  constructor(readonly resource: Resource, private readonly values: Data = resource.values) {}

  /** What was asked for and is not known, by name. */
  get unknown(): readonly string[] {
    return [...this.missing];
  }

  /** The value of the first field that is there; undefined too where it is not known, which is kept in mind. An empty text is no value to any of these tools. */
  get(...names: readonly string[]): unknown {
    const name = names.find(each => Object.hasOwn(this.values, each) && this.values[each] !== null && this.values[each] !== '');
    const value = name === undefined ? undefined : this.values[name];
    if (!isOpen(value)) return value;
    this.missing.add(name as string);
    return undefined;
  }

  text(...names: readonly string[]): string | undefined {
    const value = this.get(...names);
    return typeof value === 'string' ? value : undefined;
  }

  /** The text where it is known. What it would be matters not to anybody's trust: names and ids, which clouds give. */
  peek(...names: readonly string[]): string | undefined {
    const found = names.map(name => this.values[name]).find(value => typeof value === 'string' && value !== '');
    return found as string | undefined;
  }

  /** The texts of a list; of a list that can have one item alone, Pulumi prints the item. */
  texts(...names: readonly string[]): readonly string[] | undefined {
    const value = this.get(...names);
    if (typeof value === 'string') return [value];
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : undefined;
  }

  /** A block: Terraform prints a list of one, Pulumi the map. */
  block(name: string): Fields | undefined {
    const value = this.values[name];
    if (value === UNKNOWN) this.missing.add(name);
    const map = Array.isArray(value) ? (value as readonly unknown[])[0] : value;
    if (!isData(map)) return undefined;
    const within = new Fields(this.resource, map);
    this.inner.push([name, within]);
    return within;
  }

  /** Whether a block is there, known or not. */
  has(name: string): boolean {
    const value = this.values[name];
    return value === UNKNOWN || (Array.isArray(value) ? value.length > 0 : isData(value));
  }

  /** A request, with what is not known of it. */
  artifact(provider: string, kind: string, name: string, request: object, becomes?: string): TrustArtifact {
    const unknown = [...this.unknown, ...this.inner.flatMap(([block, fields]) => fields.unknown.map(field => `${block}.${field}`))];
    return { provider, kind, name, ...(becomes !== undefined && { becomes }), request: clean(request), ...(unknown.length > 0 && { unknown }) };
  }

  private readonly inner: (readonly [string, Fields])[] = [];
}

/** Whether any part of it is not known. */
export function isOpen(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(isOpen);
  return isData(value) && Object.values(value).some(isOpen);
}

/** Without what is not there. */
function clean(request: object): object {
  const there = Object.entries(request).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there.map(([key, value]) => [key, isData(value) ? clean(value) : value as unknown]));
}

/** A document in JSON, as data; undefined for what is none. */
export function fromJson(text: unknown): Data | undefined {
  if (isData(text)) return text;
  if (typeof text !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isData(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What keeps a resource from being read for as long as it is not made. */
export function notYet(what: string, example?: string): Made {
  return { unsaid: [{ what, ...(example === undefined ? { fix: 'give the state once it is made' } : { example }) }] };
}
