/**
 * A value without quotes, as kubectl, Helm and the clouds' tools take it: YAML 1.1 as the Go parser of Kubernetes reads it. `on` is true there, and `0420` is
 * octal. What people mean does not matter here: this is what the API server is sent.
 * https://github.com/kubernetes-sigs/yaml
 */
export function kubectlReading(text: string): string | number | boolean | null {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const first = text.charCodeAt(0);
  // Most values begin with a letter, and are text then.
  if (first > 0x39 || first < 0x2b) return text;
  return numberIn(text.replaceAll('_', '')) ?? text;
}

const WORDS = new Map<string, boolean | null>([
  ...['', '~', 'null', 'Null', 'NULL'].map(word => [word, null] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(word => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(word => [word, false] as const),
]);

function numberIn(text: string): number | undefined {
  if (/^[-+]?(?:0|[1-9]\d*)$/.test(text)) return Number(text);
  const [, sign, , octal, hex, binary] = /^([-+]?)(0o?([0-7]+)|0x([\da-fA-F]+)|0b([01]+))$/.exec(text) ?? [];
  const digits = octal ?? hex ?? binary;
  if (digits !== undefined) return (sign === '-' ? -1 : 1) * parseInt(digits, octal !== undefined ? 8 : hex !== undefined ? 16 : 2);
  return /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : undefined;
}
