import { groupBy } from './group';
import type { Edge } from './provider';
import { complain, type Report } from '../core/issues';
import type { InjectionMode } from '../platforms/cluster';

/** A field that is for one way of injection. */
export interface OneWay<S> {
  readonly code: string;
  readonly field: string;
  readonly injection: InjectionMode;
  /** Whether the user said it for the edge. */
  own(settings: S): boolean;
}

/** Warns of a field that is for one way of injection alone, where no cluster that it is said for has that. */
export function checkUnused<S>(edges: readonly Edge<S>[], { code, field, injection, own }: OneWay<S>, report: Report): void {
  const said = edges.filter(({ settings }) => own(settings));
  const [first] = said;
  if (first === undefined || said.some(edge => edge.injection === injection)) return;
  complain(report, code, first.at(field), {
    expected: `no ${field} beside injection: "${first.injection}"`, severity: 'warning', fix: `it is for injection: "${injection}" and changes nothing here: take it out`,
  });
}

/** Warns of what is said of a role that is made elsewhere: nothing of it is made here, however narrow it would be. A field that one cluster's own role has is fine. */
export function checkMadeElsewhere<S extends { readonly existing: boolean }>(
  edges: readonly Edge<S>[], code: string, fields: { readonly [field: string]: (settings: S) => boolean }, report: Report,
): void {
  if (!edges.some(({ settings }) => settings.existing)) return;
  for (const [field, says] of Object.entries(fields)) {
    for (const [path, group] of groupBy(edges.filter(({ settings }) => says(settings)), edge => edge.at(field))) {
      if (!group.every(({ settings }) => settings.existing)) continue;
      complain(report, code, path, { expected: `no ${field} beside existing: true`, severity: 'warning', fix: 'the role is made elsewhere, and this with it: say it there and take it out here, since it changes nothing' });
    }
  }
}
