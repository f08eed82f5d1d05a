import type { AlertOptions } from './input';

/** Writes expressions over the series that the options choose. */
export class Series {
  private readonly chosen: readonly string[];
  private readonly kept: readonly string[];

  constructor({ selector = {}, by = [] }: Pick<AlertOptions, 'selector' | 'by'>) {
    // A text of PromQL has the escapes of JSON.
    this.chosen = Object.entries(selector).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
    this.kept = by;
  }

  /** `metric{label="value"}` */
  of(metric: string, labels: readonly string[] = []): string {
    const all = [...this.chosen, ...labels];
    return all.length === 0 ? metric : `${metric}{${all.join(',')}}`;
  }

  /** The sum over all API servers, for each of the labels that are kept. */
  sum(expr: string, and: readonly string[] = []): string {
    const labels = [...this.kept, ...and];
    return `sum${labels.length === 0 ? '' : ` by (${labels.join(', ')}) `}(${expr})`;
  }

  /** The smallest over all API servers, for each of the labels that are kept. */
  oldest(metric: string): string {
    return `min${this.kept.length === 0 ? '' : ` by (${this.kept.join(', ')}) `}(${this.of(metric)})`;
  }

  /** How much counters grew in all. */
  grown(metric: string, over: string): string {
    return this.sum(`increase(${this.of(metric)}[${over}])`);
  }

  /** What happens in a second in all. */
  rate(metric: string, labels: readonly string[], and: readonly string[] = []): string {
    return this.sum(`rate(${this.of(metric, labels)}[5m])`, and);
  }
}
