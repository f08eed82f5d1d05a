import type { AzureEdge } from './settings';
import { complain, joinPath, type Report } from '../../core/issues';
import { isDnsLabel } from '../../core/names';

/** The rules of what the pods get. */
export function checkPods(edge: AzureEdge, report: Report): void {
  const { cluster, injection, settings, subject } = edge;
  const { authorityHost, ownAuthorityHost, environment } = settings;
  if (injection === 'webhook' && cluster.aks !== undefined && subject.namespace === 'kube-system') {
    complain(report, 'azure/kube-system', edge.at('injection'), {
      expected: 'a namespace that the webhook of AKS sees', got: subject.namespace, severity: 'warning', fix: 'AKS keeps webhooks out of kube-system: run elsewhere, or say injection: "explicit"',
    });
  }
  if (ownAuthorityHost ? !/^https:\/\/[a-z0-9.-]+(:\d+)?\/$/.test(authorityHost ?? '') : injection === 'explicit' && authorityHost === undefined) {
    complain(report, 'azure/authority-host', edge.at('authorityHost'), { expected: 'an https URL with a host and a slash at its end', got: authorityHost, fix: 'take that of your cloud: az cloud show --query endpoints.activeDirectory' });
  }
  if (injection === 'webhook' && authorityHost === undefined) {
    complain(report, 'azure/webhook-authority-host', edge.at('authorityHost'), {
      expected: 'the authority host of this cloud, which is published nowhere',
      got: undefined,
      severity: 'warning',
      fix: 'say it, unless the webhook of the cluster is installed with it: az cloud show --query endpoints.activeDirectory',
    });
  }
  // On AKS the webhook is Azure's own, and that of its cloud.
  if (injection === 'webhook' && cluster.aks === undefined && environment !== undefined && !ownAuthorityHost) {
    complain(report, 'azure/webhook-cloud', edge.at('authorityHost'), {
      expected: `a webhook that is installed for this cloud (azureEnvironment: ${environment})`,
      got: undefined,
      severity: 'warning',
      fix: `by default it sends pods to the public cloud, and nothing here can see it: say authorityHost: '${authorityHost}', which pods are given then, or know that it is so`,
    });
  }
  settings.skipContainers?.forEach((name, i) => {
    if (!isDnsLabel(name)) complain(report, 'azure/skip-containers', joinPath(edge.at('skipContainers'), i), { expected: 'the name of a container', got: name, fix: 'give each container an entry of its own; the separator of the webhook is added here' });
  });
}
