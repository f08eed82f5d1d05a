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
  for (const [field, said] of Object.entries(fields)) {
    for (const group of groupBy(edges.filter(({ settings }) => said(settings)), edge => edge.at(field)).values()) {
      checkIdle(group, {
        code, field, said, used: ({ settings }) => !settings.existing, beside: 'existing: true', fix: 'the role is made elsewhere, and this with it: say it there and take it out here, since it changes nothing',
      }, report);
    }
  }
}

/** A field that some edges have no use for. */
export interface Idle<S> {
  readonly code: string;
  readonly field: string;
  /** Whether the user said it for the edge. */
  said(settings: S): boolean;
  /** Whether it makes a difference there. */
  used(edge: Edge<S>): boolean;
  /** With what it makes none: "existing: true". */
  readonly beside: string;
  readonly fix: string;
}

/** Warns of a field that changes nothing on any cluster that it is said for. */
export function checkIdle<S>(edges: readonly Edge<S>[], { code, field, said, used, beside, fix }: Idle<S>, report: Report): void {
  const saying = edges.filter(({ settings }) => said(settings));
  const [first] = saying;
  if (first === undefined || saying.some(used)) return;
  complain(report, code, first.at(field), { expected: `no ${field} beside ${beside}`, severity: 'warning', fix });
}
