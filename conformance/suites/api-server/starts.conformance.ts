import { KubeClient } from '../../kube/client';
import { readKubeconfig } from '../../kube/config';
import { system } from '../support/systems';

test('the server signs with the issuer that it publishes', async () => {
  const { kubeconfig, issuer } = system('apiServer');
  const client = new KubeClient(readKubeconfig(kubeconfig));
  const { body } = await client.get<{ keys: unknown[] }>('/openid/v1/jwks');
  expect(issuer).toMatch(/^https:/);
  expect(body.keys).not.toEqual([]);
  client.close();
});
