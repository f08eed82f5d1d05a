import { hashOf } from '../core/names';
import { isMap } from '../core/shape';

/** A map of which nothing is known: inputs and outputs of resources, as Pulumi hands them over. */
export type Fields = { readonly [field: string]: unknown };

/** A resource that a program registered under mocks. */
export interface MockedResource {
  /** Pulumi's: `aws:iam/role:Role`. */
  readonly type: string;
  /** The name in the program. */
  readonly name: string;
  readonly inputs: Fields;
  readonly id: string;
  /** What the program reads from it: its inputs, and what the cloud makes up. */
  readonly outputs: Fields;
  /** The name of the Pulumi provider that makes it; left out for a default one. */
  readonly provider?: string;
}

/** A document of the cloud half, as the plan has it. */
export interface MockedDocument {
  readonly kind: string;
  readonly name: string;
  readonly becomes?: string;
  /** The full name of the identity that it belongs to, where the program does not make that, and does not say whom pods become by it. */
  readonly of?: string;
  readonly request: object;
}

/** What one type of resource is to its cloud. */
export interface MockedType<Place> {
  /** What the cloud answers besides the inputs, with the `id` of what is made. */
  outputs?(inputs: Fields, name: string, place: Place): Fields;
  /** The document that the resource stands for; undefined where it is none. */
  document?(resource: MockedResource, place: Place, all: readonly MockedResource[]): MockedDocument | undefined;
}

/** One relying party's resources under mocks. */
export interface MockedProvider<Place extends { readonly [field in keyof Place]: string }> {
  /** Where resources are made, unless the test says it: what their inputs leave out. */
  readonly place: Place;
  readonly types: { readonly [type: string]: MockedType<Place> };
}

/** Text of an input; empty where there is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The fields that are there. */
export function given(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/** JSON text as data; what is none stays as it is, for the proof to judge. */
export function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    const data: unknown = JSON.parse(value);
    return isMap(data) ? data : value;
  } catch {
    return value;
  }
}

/** A UUID that a cloud could have made up, always the same for the same thing. */
export function uuidOf(what: string): string {
  const hex = hashOf(what, 32);
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}
