/** Variables by which a container is somebody else than the webhook would make it. */
import { Findings } from '../../src/core/issues';
import { inject } from '../../src/kubernetes/inject';
import { rulesByWebhook } from '../../src/providers/azure/pod-rules';
import type { AzureEdge } from '../../src/providers/azure/settings';

test.each(['AZURE_CLIENT_ID', 'AZURE_TENANT_ID', 'AZURE_FEDERATED_TOKEN_FILE'])('%s of the container\'s own is an error, unless the container is skipped', name => {
  const pod = { kind: 'Pod', spec: { serviceAccountName: 'web', containers: [{ name: 'app', env: [{ name, value: 'x' }] }] } };
  const codesOf = (skipContainers?: readonly string[]): readonly string[] => {
    const findings = new Findings();
    const rules = rulesByWebhook({ cluster: {}, settings: { expirationOn: 'service-account', skipContainers } } as unknown as AzureEdge);
    inject(pod, { labels: {}, annotations: {}, volumes: [], mounts: [], env: [], rules }, findings.report);
    return findings.all.map(({ code, path }) => `${code} ${path}`);
  };
  expect(codesOf()).toEqual(['azure/own-identity spec.containers[0].env[0]']);
  expect(codesOf(['app'])).toEqual([]);
});
