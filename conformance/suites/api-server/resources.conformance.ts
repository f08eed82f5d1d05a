/** The resources that grants can name, and their parts: what the library believes of them is what the server says. */
import { Cluster } from './support/cluster';
import { count } from '../support/report';
import { checkWorkloadIdentity, type WorkloadIdentityInput } from 'symbolon';

interface Served {
  readonly group: string;
  readonly resource: string;
  readonly part?: string;
}

async function servedBy({ client }: Cluster): Promise<readonly Served[]> {
  const { body: { groups } } = await client.get<{ groups: readonly { name: string; versions: readonly { groupVersion: string }[] }[] }>('/apis');
  const paths = [['', '/api/v1'] as const, ...groups.flatMap(({ name, versions }) => versions.map(({ groupVersion }) => [name, `/apis/${groupVersion}`] as const))];
  const lists = await Promise.all(paths.map(async ([group, path]) => {
    const { body: { resources } } = await client.get<{ resources: readonly { name: string }[] }>(path);
    return resources.map(({ name }): Served => {
      const [resource = '', part] = name.split('/');
      return part === undefined ? { group, resource } : { group, resource, part };
    });
  }));
  return lists.flat();
}

/** What is said of a grant of it, as RBAC itself writes it. */
function said({ group, resource, part }: Served): readonly string[] {
  const input = {
    name: 'asks',
    namespace: 'shop',
    clusters: [{ name: 'blue', issuer: 'https://oidc.example.com' }],
    rbac: [{ verbs: ['get'], apiGroups: [group], resources: [part === undefined ? resource : `${resource}/${part}`], clusterWide: true }],
  };
  return checkWorkloadIdentity(input as WorkloadIdentityInput).map(issue => issue.code).filter(code => /^rbac\/(part|group|resource)/.test(code));
}

test('every resource that the server has, and every part of one, can be granted without a word; a part that it has not is found', async () => {
  const cluster = new Cluster();
  try {
    const served = await servedBy(cluster);
    expect(served.length).toBeGreaterThan(100);
    expect(served.filter(each => said(each).length > 0)).toEqual([]);
    // These two have no name in words, since another resource has it. In a cluster that is not ours, resources of others may have any parts.
    const nameless = ['/bindings', 'events.k8s.io/events'];
    const own = (cluster.facts.own ? served : []).filter(each => each.part === undefined && !nameless.includes(`${each.group}/${each.resource}`));
    expect(own.filter(each => said({ ...each, part: 'nonsense' }).length === 0)).toEqual([]);
    count('api-server', 'resources and parts of the server that grants can name', served.length);
  } finally {
    cluster.close();
  }
});
