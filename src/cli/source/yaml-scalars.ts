/**
 * Values of YAML without quotes. Its versions and readers disagree about many of them (`yes`, `0123`, `12:30`, `1_000`),
 * so only what all of them read alike, which is what JSON has, is read at all.
 */

const BOOLEANS = new Map([['true', true], ['True', true], ['TRUE', true], ['false', false], ['False', false], ['FALSE', false]]);
const NULLS = new Set(['null', 'Null', 'NULL', '~', '']);
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+(?:[eE][-+]\d+)?)?$/;

/** What some reader takes for something else than text, and for what. YAML 1.1, 1.2 and the parser of Kubernetes. */
const DOUBTFUL: readonly { readonly form: RegExp; readonly as: string }[] = [
  { form: /^(?:y|Y|yes|Yes|YES|on|On|ON)$/, as: 'true' },
  { form: /^(?:n|N|no|No|NO|off|Off|OFF)$/, as: 'false' },
  { form: /^[-+]?0o?[0-7_]+$/, as: 'an octal number' },
  { form: /^[-+]?0(?:[xX][\da-fA-F_]+|[bB][01_]+)$/, as: 'a number' },
  { form: /^[-+]?[\d_]*\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/, as: 'a number in base 60' },
  { form: /^[-+]?(?=[.\deE])[\d_]*\.?[\d_]*(?:[eE][-+]?\d+)?$/, as: 'a number' },
  { form: /^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/, as: 'a number' },
  { form: /^(?:=|<<)$/, as: 'a mark of the language' },
];

/** What a value without quotes means, or what some take it for. Dates are text: JSON and Kubernetes know no others. */
export type Reading = { readonly value: string | number | boolean | null } | { readonly doubtful: string };

export function readingOf(text: string): Reading {
  if (NULLS.has(text)) return { value: null };
  const boolean = BOOLEANS.get(text);
  if (boolean !== undefined) return { value: boolean };
  if (NUMBER.test(text)) {
    const value = Number(text);
    if (Number.isFinite(value) && (text.includes('.') || Number.isSafeInteger(value))) return { value };
    return { doubtful: 'a number of fewer digits' };
  }
  const doubt = DOUBTFUL.find(({ form }) => form.test(text));
  return doubt === undefined ? { value: text } : { doubtful: doubt.as };
}
