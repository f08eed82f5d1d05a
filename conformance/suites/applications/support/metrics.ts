/** One series of a scrape. */
export interface Sample {
  readonly metric: string;
  readonly labels: { readonly [name: string]: string };
  readonly value: number;
}

/** What a scrape holds, by the text format of Prometheus. */
export function samplesOf(text: string): readonly Sample[] {
  return text.split('\n').flatMap(line => {
    const match = /^([a-z_]\w*)(?:\{(.*)\})? (\S+)/.exec(line);
    return match === null ? [] : [{
      metric: match[1] as string,
      labels: Object.fromEntries([...(match[2] ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name, value]) => [name, value])),
      value: Number(match[3]),
    }];
  });
}

/** A selector as it stands in an expression: `metric{a="b",c=~"d"}`. */
export interface Selector {
  readonly metric: string;
  readonly matchers: readonly { readonly label: string; readonly operator: string; readonly value: string }[];
}

export function selectorsIn(expr: string): readonly Selector[] {
  return [...expr.matchAll(/\b((?:serviceaccount|apiserver)_\w+)(?:\{([^}]*)\})?/g)].map(([, metric, inner = '']) => ({
    metric: metric as string,
    matchers: [...inner.matchAll(/(\w+)(=~|!=|=)"([^"]*)"/g)].map(([, label, operator, value]) => ({ label, operator, value }) as Selector['matchers'][number]),
  }));
}

const MATCH: { readonly [operator: string]: (value: string, wanted: string) => boolean } = {
  '=': (value, wanted) => value === wanted,
  '!=': (value, wanted) => value !== wanted,
  '=~': (value, wanted) => new RegExp(`^(?:${wanted})$`).test(value),
};

/** Series that the selector chooses. */
export function chosen(samples: readonly Sample[], { metric, matchers }: Selector): readonly Sample[] {
  return samples.filter(sample => sample.metric === metric && matchers.every(({ label, operator, value }) => MATCH[operator]?.(sample.labels[label] ?? '', value) === true));
}
