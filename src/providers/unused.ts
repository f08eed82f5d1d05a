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
