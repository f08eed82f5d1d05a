import { CLOUDS, type MockedPlaces } from './providers';
import { complain, joinPath, type Report } from '../../core/issues';
import { fits, readShape, type Shape } from '../../core/shape';
import type { Fields } from '../../providers/mocked';

/** What a program asks a mocked engine to make. A part of Pulumi's own type, which is not loaded for it. */
export interface MockedRequest {
  readonly type: string;
  readonly name: string;
  readonly inputs: unknown;
  /** URN and id of the Pulumi provider, where the program names one. */
  readonly provider?: string;
  /** Of a resource that is there already, and is read or imported. */
  readonly id?: string;
}

/** How the clouds of a test answer. */
export interface MocksOptions extends MockedPlaces {
  /** Where the resources of a Pulumi provider are made, by its name in the program, where that is another place: a second AWS account. @default none */
  readonly providers?: { readonly [name: string]: { readonly [field: string]: string } };
  /** Whom pods become by identities that the program does not make, by their full name: a resource id, and its client id. @default none: what hangs on it is not decided */
  readonly existing?: { readonly [fullName: string]: string };
  /** What a resource answers besides, for types that are the program's own: the issuer of a cluster. Comes before what is known here; `id` is the resource's id. @default nothing */
  readonly answer?: (request: MockedRequest) => { readonly [output: string]: unknown } | undefined;
  /** What a function of a provider answers. @default its inputs */
  readonly call?: (request: { readonly token: string; readonly inputs: unknown }) => { readonly [output: string]: unknown };
}

const SHAPE: Shape<MocksOptions> = { alibaba: 'map?', aws: 'map?', azure: 'map?', gcp: 'map?', vault: 'map?', providers: 'map?', existing: 'map?', answer: 'function?', call: 'function?' };

/** The options that are what they should be; all else is a finding. */
export function readOptions(options: unknown, report: Report): Partial<MocksOptions> {
  const read = readShape<MocksOptions>(options, SHAPE, 'options', report);
  for (const [id, { place }] of CLOUDS) checkPlace((read as Fields)[id], Object.keys(place), joinPath('options', id), report);
  const fields = [...new Set(CLOUDS.flatMap(([, { place }]) => Object.keys(place)))];
  for (const [name, place] of Object.entries<unknown>(read.providers ?? {})) checkPlace(place, fields, joinPath('options.providers', name), report);
  for (const [name, handle] of Object.entries<unknown>(read.existing ?? {})) fits(handle, 'text', joinPath('options.existing', name), report);
  return read;
}

function checkPlace(place: unknown, fields: readonly string[], path: string, report: Report): void {
  if (place === undefined || !fits(place, 'map', path, report)) return;
  readShape<Fields>(place as Fields, Object.fromEntries(fields.map(field => [field, 'text?'])) as never, path, report);
  for (const [field, value] of Object.entries(place as Fields)) {
    if (value === '') complain(report, 'structure/value', joinPath(path, field), { expected: 'text that is not empty', got: value, fix: 'leave it out for a made-up one' });
  }
}
