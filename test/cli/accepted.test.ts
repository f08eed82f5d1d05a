import { workspace } from './workspace';

const ISSUER = 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';
const GREEN = ISSUER.replace('539D', '539E');
const CLUSTERS = `
version: 1
clusters:
  - { name: blue, issuer: "${ISSUER}", eks: { accountId: "111122223333", region: us-west-2, clusterName: blue } }
  - { name: green, issuer: "${GREEN}", eks: { accountId: "111122223333", region: us-west-2, clusterName: green } }
identities:
`;
const PREVIEWS = 'unsafeSubjects: { like: ["system:serviceaccount:preview-*:checkout"], reason: one for each pull request }';
const identity = (name: string, aws: string, clusters = 'blue'): string => `  - { name: ${name}, namespace: shop, clusters: [${clusters}], trustedBy: { aws: { ${aws} } } }\n`;
const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;

interface Json {
  readonly ok: boolean;
  readonly strangers: readonly { readonly becomes: string }[];
  readonly accepted: readonly { readonly becomes: string; readonly options: readonly string[]; readonly reason: string }[];
  readonly files: readonly string[];
}

async function jsonOf(yaml: string): Promise<Json & { readonly code: number }> {
  const { code, out } = await workspace({ 'identity.yaml': yaml }).run(['synth', 'identity.yaml', '--json']);
  return { code, ...JSON.parse(out) as Json };
}

describe('strangers whom the definition lets in on purpose', () => {
  test('do not stop the run, and are listed with the reason', async () => {
    const space = workspace({ 'identity.yaml': CLUSTERS + identity('checkout', PREVIEWS) });
    const { code, out } = await space.run(['synth', 'identity.yaml']);
    expect(code).toBe(0);
    expect(out).toMatch(/^checkout .* admitted, but not alone: /m);
    expect(out).toMatch(/^accepted: .*preview-\*:checkout.* becomes arn:aws:iam::111122223333:role\/checkout \(aws\), by arn:aws:iam::111122223333:role\/checkout: one for each pull request$/m);
    expect(out).not.toContain('STRANGER');
    expect(space.has('dist/cloud/aws/checkout.json')).toBe(true);
  });

  test('are in the JSON under a name of their own, with the option', async () => {
    expect(await jsonOf(CLUSTERS + identity('checkout', PREVIEWS))).toMatchObject({
      code: 0,
      ok: true,
      strangers: [],
      accepted: [{ provider: 'aws', becomes: role('checkout'), by: role('checkout'), who: expect.stringContaining('preview-*') as string, reason: 'one for each pull request', options: ['checkout.trustedBy.aws.unsafeSubjects'] }],
    });
  });

  test('may be declared for one cluster, and only its role is opened', async () => {
    const { ok, accepted } = await jsonOf(CLUSTERS + identity('checkout', `on: { green: { roleName: other, ${PREVIEWS} } }`, 'blue, green'));
    expect({ ok, accepted }).toMatchObject({ ok: true, accepted: [{ becomes: role('other'), options: ['checkout.trustedBy.aws.on.green.unsafeSubjects'] }] });
  });

  test.each([
    ['Pod Identity without tags', CLUSTERS + identity('checkout', 'mechanism: pod-identity, disableSessionTags: true, unsafeTrustWithoutTags: { reason: an old SDK }'), 'checkout.trustedBy.aws.unsafeTrustWithoutTags', 'an old SDK'],
    ['a set of Google\'s', `
version: 1
clusters:
  - { name: google, gke: { projectId: shop-prod, projectNumber: "345678901234", location: us-central1, clusterName: one } }
identities:
  - { name: reports, namespace: shop, clusters: [google], trustedBy: { gcp: { mechanism: principal, grants: [{ role: roles/storage.objectViewer }], unsafeMembers: { everyPodOf: namespace, reason: all are ours } } } }
`, 'reports.trustedBy.gcp.unsafeMembers', 'all are ours'],
    ['a pattern of Vault\'s', `
version: 1
clusters:
  - { name: k3s, issuer: "https://k3s.example.com/" }
identities:
  - { name: checkout, namespace: shop, clusters: [k3s], trustedBy: { vault: { address: "https://vault.example.com:8200", unsafeGlobs: { namespaces: ["preview-*"], reason: previews } } } }
`, 'checkout.trustedBy.vault.unsafeGlobs', 'previews'],
  ])('%s', async (_, yaml, option, reason) => {
    const { code, ok, strangers, accepted } = await jsonOf(yaml);
    expect({ code, ok, strangers }).toEqual({ code: 0, ok: true, strangers: [] });
    expect(accepted.length).toBeGreaterThan(0);
    for (const each of accepted) expect(each).toMatchObject({ options: [option], reason });
  });
});
