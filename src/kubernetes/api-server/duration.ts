const SECONDS: { readonly [unit: string]: number } = { h: 3600, m: 60, s: 1, ms: 1e-3, us: 1e-6, µs: 1e-6, μs: 1e-6, ns: 1e-9 };

/** Seconds of a duration as Go writes it: `24h`, `1h30m`, `0`. Undefined for what Go would not read, such as a number without a unit. */
export function durationSeconds(text: string): number | undefined {
  const match = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:h|ms|m|s|us|µs|μs|ns))+)$/.exec(text);
  if (match === null) return /^[+-]?0$/.test(text) ? 0 : undefined;
  const parts = [...(match[2] as string).matchAll(/(\d+\.?\d*|\.\d+)(h|ms|m|s|us|µs|μs|ns)/g)];
  const seconds = parts.reduce((sum, [, number, unit]) => sum + Number(number) * (SECONDS[unit as string] as number), 0);
  return match[1] === '-' ? -seconds : seconds;
}
