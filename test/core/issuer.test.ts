import fc from 'fast-check';
import { checkIssuer } from '../../src/core/issuer';
import { Findings, differOnlyInTrailingSlash, show } from '../../src/core/issues';

function faultOf(issuer: string): string | undefined {
  const findings = new Findings();
  const good = checkIssuer(issuer, 'issuer', findings.report);
  expect(findings.errors.length).toBe(good ? 0 : 1);
  return findings.errors[0]?.message;
}

test.each([
  'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE',
  'https://westeurope.oic.prod-aks.azure.com/00000000-0000-4000-8000-000000000001/00000000-0000-4000-8000-000000000002/',
  'https://container.googleapis.com/v1/projects/p/locations/l/clusters/c',
  'https://kubernetes.default.svc.cluster.local',
  'https://k3s.example.com:6443/',
  'https://k3s.example.com/a//b',
  'https://[::1]/',
])('%s is an issuer', issuer => {
  expect(faultOf(issuer)).toBeUndefined();
});

test.each([
  ['', 'does not begin with https://'], ['https://', 'not a URL'], ['https:///path', 'host'], ['k3s.example.com', 'https://'], ['HTTPS://k3s.example.com', 'https://'],
  ['http://k3s.example.com', 'https://'], ['https://k3s.example.com?', 'query'], ['https://k3s.example.com/#', 'fragment'], ['https://u:p@k3s.example.com', 'user info'],
  ['https://K3s.example.com', 'lower case'], ['https://k3s.example.com:443', 'default port'], ['https://bücher.example.com', 'not ASCII'], ['https://k3s.example.com/é', 'not ASCII'], [' https://k3s.example.com', 'blank'],
  ['https://k3s.example.com\\path', 'lower case'], ['https://k3s.example.com\t', 'blank'], ['https://k3s.example.com\u0000', 'control'], ['https://k3s.example.com\u00a0', 'blank'], ['https://k3s.example.com\u2028', 'blank'],
])('%j is none: %s', (issuer, why) => {
  const message = faultOf(issuer);
  expect(message).toContain(why);
  expect(message).toContain(show(issuer));
});

test('an issuer that passes begins as a URL parser would write it, so nothing that compares parsed URLs sees another', () => {
  fc.assert(fc.property(fc.webUrl({ validSchemes: ['https'], withFragments: false, withQueryParameters: false }), url => {
    const { origin } = new URL(url);
    expect(faultOf(url) === undefined).toBe(url === origin || url.startsWith(`${origin}/`));
  }));
});

test('a slash at the end makes two issuers of one, and is told apart from every other difference', () => {
  expect(differOnlyInTrailingSlash('https://a/', 'https://a')).toBe(true);
  expect(differOnlyInTrailingSlash('https://a', 'https://a/')).toBe(true);
  expect(differOnlyInTrailingSlash('https://a', 'https://a')).toBe(false);
  expect(differOnlyInTrailingSlash('https://a//', 'https://a')).toBe(false);
  expect(differOnlyInTrailingSlash('https://a/', 'https://b')).toBe(false);
});
