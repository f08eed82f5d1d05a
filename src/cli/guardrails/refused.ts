import { complain, type Report } from '../../core/issues';
import { byText } from '../../core/names';
import type { AdmittedNamespace } from '../../kubernetes/admission/input';
import { dataOf, isData, listOf } from '../../kubernetes/data';
import type { ClusterArtifact } from '../../proof/artifacts';
import { podsIn, type PodView } from '../../proof/pods';

/** What the policies would say to the workloads of a cluster: whoever applies them should not find out from a pod that never starts. */
export function refusedBy(admitted: readonly AdmittedNamespace[], cluster: ClusterArtifact, report: Report): void {
  for (const pod of podsIn([cluster])) {
    const accounts = admitted.find(({ namespace }) => namespace === pod.namespace)?.accounts;
    if (accounts === undefined) continue;
    const allowance = accounts.get(pod.serviceAccount);
    if (allowance === undefined) {
      refused(pod, `a workload that runs as one of ${[...accounts.keys()].sort(byText).join(', ')}`, pod.serviceAccount, report);
      continue;
    }
    for (const { audience, seconds } of tokensOf(pod)) {
      const most = allowance[audience];
      if (most === undefined) refused(pod, `tokens of ${pod.serviceAccount} for ${Object.keys(allowance).map(named).join(', ') || 'nobody'}`, named(audience), report);
      else if (seconds > most) refused(pod, `a token for ${named(audience)} of at most ${most} seconds`, seconds, report);
    }
  }
}

function refused({ workload }: PodView, expected: string, got: unknown, report: Report): void {
  complain(report, 'admission/refused', workload, { expected, got, severity: 'warning', fix: 'the policies would refuse its pods: name what it needs in a definition, or by --also' });
}

function named(audience: string): string {
  return audience === '' ? 'the Kubernetes API' : audience;
}

function tokensOf({ volumes }: PodView): readonly { readonly audience: string; readonly seconds: number }[] {
  return [...volumes.values()].flatMap(volume => listOf(dataOf(volume.projected).sources)).flatMap(source => {
    const token = dataOf(source).serviceAccountToken;
    if (!isData(token)) return [];
    const { audience, expirationSeconds } = token;
    return [{ audience: typeof audience === 'string' ? audience : '', seconds: typeof expirationSeconds === 'number' ? expirationSeconds : 3600 }];
  });
}
