import { Flags, flagOf, type Flag } from './flags';
import type { KubeadmClusterConfiguration } from './input';
import { complain, joinPath, type Report } from '../../core/issues';

const AT = 'apiServer.extraArgs';

interface Version {
  readonly list: boolean;
  readonly deprecated?: string;
}

/** How each version writes flags. Older ones are read by no kubeadm that is maintained. */
const VERSIONS: { readonly [apiVersion: string]: Version } = {
  'kubeadm.k8s.io/v1beta4': { list: true },
  'kubeadm.k8s.io/v1beta3': { list: false, deprecated: 'it is deprecated since 1.31' },
};

/** The flags that a kubeadm configuration adds to those that kubeadm itself gives. */
export function readKubeadm({ apiVersion, kind, networking, apiServer, controlPlaneEndpoint }: KubeadmClusterConfiguration, report: Report): Flags {
  const version = Object.hasOwn(VERSIONS, apiVersion) ? VERSIONS[apiVersion] : undefined;
  if (kind !== 'ClusterConfiguration') complain(report, 'kubeadm/kind', 'kind', { expected: 'ClusterConfiguration', got: kind, fix: 'give the document that holds apiServer' });
  if (version === undefined) {
    complain(report, 'kubeadm/version', 'apiVersion', { expected: Object.keys(VERSIONS).join(' or '), got: apiVersion, fix: 'kubeadm config migrate writes the current one' });
  } else if (version.deprecated !== undefined) {
    complain(report, 'kubeadm/version', 'apiVersion', { expected: 'kubeadm.k8s.io/v1beta4', got: apiVersion, severity: 'warning', fix: `${version.deprecated}; kubeadm config migrate writes the current one` });
  }
  const given: unknown = apiServer?.extraArgs;
  const isList = Array.isArray(given);
  if (given !== undefined && version !== undefined && isList !== version.list) {
    complain(report, 'kubeadm/extra-args', AT, {
      expected: version.list ? `a list of name and value in ${apiVersion}` : `a map in ${apiVersion}`,
      got: given,
      fix: version.list ? 'write "- name: service-account-issuer" and "value: …"' : 'write "service-account-issuer: …", or move to v1beta4, where a flag can be there twice',
    });
  }
  const flags = isList ? (given as readonly unknown[]).flatMap((each, i) => fromItem(each, joinPath(AT, i), report)) : fromMap(given, report);
  return new Flags(flags, {
    issuer: `https://kubernetes.default.svc.${networking?.dnsDomain ?? 'cluster.local'}`,
    ...(typeof controlPlaneEndpoint === 'string' && { endpoint: controlPlaneEndpoint }),
  });
}

function fromMap(given: unknown, report: Report): readonly Flag[] {
  if (typeof given !== 'object' || given === null) {
    if (given !== undefined) complain(report, 'kubeadm/extra-args', AT, { expected: 'flags', got: given, fix: 'write a list of name and value' });
    return [];
  }
  return Object.entries(given).flatMap(([name, value]) => flagOf(name, value, joinPath(AT, name), report));
}

function fromItem(given: unknown, path: string, report: Report): readonly Flag[] {
  const { name, value } = typeof given === 'object' && given !== null ? given as { readonly name?: unknown; readonly value?: unknown } : {};
  if (typeof name === 'string') return flagOf(name, value, `${path}.value`, report);
  complain(report, 'kubeadm/extra-args', path, { expected: 'a name and a value', got: given, fix: 'write "name: service-account-issuer" and "value: …"' });
  return [];
}
