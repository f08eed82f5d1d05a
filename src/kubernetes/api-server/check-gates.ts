import type { Flag, Flags } from './flags';
import { complain, type Report, type Severity } from '../../core/issues';

interface Gate {
  /** What setting it to that value means; undefined where that is in order. */
  fault(value: boolean): { readonly expected: string; readonly fix: string; readonly severity: Severity } | undefined;
}

const gone = (since: string): Gate => ({
  fault: () => ({ expected: 'a feature gate that kube-apiserver knows', fix: `what it switched on is always on since ${since}, and an unknown gate keeps the server from starting: leave it out`, severity: 'error' }),
});
const locked = (since: string): Gate => ({
  fault: value => (value ? undefined : { expected: 'a gate that can still be switched off', fix: `it is locked to true since ${since}, and the server does not start: leave it out`, severity: 'error' }),
});

/** The gates that are about service account tokens. https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/ */
export const TOKEN_GATES: { readonly [gate: string]: Gate } = {
  ImplicitServiceAccountToken: {
    fault: () => ({
      expected: 'a feature gate that exists',
      fix: 'there never was one of this name, though tutorials show it, and an unknown gate keeps the server from starting: leave it out, and set automountServiceAccountToken: false on service accounts',
      severity: 'error',
    }),
  },
  TokenRequest: gone('1.20'),
  TokenRequestProjection: gone('1.20'),
  ServiceAccountIssuerDiscovery: gone('1.21'),
  BoundServiceAccountTokenVolume: gone('1.22'),
  LegacyServiceAccountTokenNoAutoGeneration: gone('1.26'),
  LegacyServiceAccountTokenTracking: gone('1.28'),
  LegacyServiceAccountTokenCleanUp: gone('1.30'),
  ServiceAccountTokenJTI: locked('1.32'),
  ServiceAccountTokenPodNodeInfo: locked('1.32'),
  ServiceAccountTokenNodeBindingValidation: locked('1.32'),
  ServiceAccountTokenNodeBinding: locked('1.33'),
  ExternalServiceAccountTokenSigner: locked('1.36'),
  ServiceAccountNodeAudienceRestriction: {
    fault: value => (value ? undefined : { expected: 'the restriction to stay on', fix: 'without it a node may ask for tokens of its pods with any audience, so leave the gate out', severity: 'warning' }),
  },
};

/** `--feature-gates=A=true,B=false`, several times if need be. */
export function checkGates(flags: Flags, report: Report): void {
  for (const flag of flags.all('feature-gates')) {
    for (const pair of flag.value.split(',').filter(text => text.trim() !== '')) checkGate(pair.trim(), flag, report);
  }
}

function checkGate(pair: string, { path }: Flag, report: Report): void {
  // Newer servers take the name of a component before that of the gate.
  const match = /^(?:[\w-]+:)?(\w+)=(.*)$/.exec(pair);
  const value = BOOLEANS.get(match?.[2] ?? '');
  if (match === null || value === undefined) {
    complain(report, 'api-server/gate', path, { expected: 'name=true or name=false, with commas between', got: pair, fix: 'write each gate with its value' });
    return;
  }
  const gate = match[1] as string;
  const fault = Object.hasOwn(TOKEN_GATES, gate) ? TOKEN_GATES[gate]?.fault(value) : undefined;
  if (fault !== undefined) complain(report, 'api-server/gate', path, { ...fault, got: pair });
}

/** As Go's parser takes them. */
export const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'T', 'TRUE', 'true', 'True'].map(text => [text, true] as const),
  ...['0', 'f', 'F', 'FALSE', 'false', 'False'].map(text => [text, false] as const),
]);
