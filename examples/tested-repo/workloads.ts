/** The workloads of the repository, as manifests; a chart or `kustomize build` would give them as well. */
function deployment(name: string): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'shop' },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { serviceAccountName: name, containers: [{ name: 'app', image: `registry.example.com/${name}:1.4` }] },
      },
    },
  };
}

export const workloads = [deployment('checkout'), deployment('reports')];
