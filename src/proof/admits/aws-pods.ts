import { associationOf, roleOf, targetOf } from './aws-associations';
import { PODS_AUDIENCE, podKey, workloadKey } from './aws-keys';
import { fileAt } from '../files';
import type { ContainerView, PodView } from '../pods';
import type { Ask, TrustIndex } from './admitter';
import { comesFromElsewhere, holds, mayComeFromElsewhere } from './elsewhere';
import { mint } from './mint';

const DOMAIN = 'eks.amazonaws.com';
const KEYS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
/** Variables that say who the pod is to be. */
const IDENTITY = ['AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE', 'AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE'];

/** Whom the containers of a pod ask to become, in the order in which SDKs look: keys, profiles, web identity, containers' credentials. */
export function asksOf(pod: PodView, trust: TrustIndex): readonly Ask[] {
  return pod.containers.flatMap(container => askOf(pod, container, trust).map(ask => disturbed(ask, container)));
}

function askOf(pod: PodView, container: ContainerView, trust: TrustIndex): readonly Ask[] {
  const { env } = container;
  if (env.has('AWS_ROLE_ARN') || env.has('AWS_WEB_IDENTITY_TOKEN_FILE')) return [byWebIdentity(pod, container)];
  if (env.has('AWS_CONTAINER_CREDENTIALS_FULL_URI') || env.has('AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE')) return [byAgent(pod, container, trust)];
  return byWebhook(pod, container, trust);
}

/** What SDKs would use instead, and what nobody can read here. */
function disturbed(ask: Ask, container: ContainerView): Ask {
  if (ask.fault !== undefined) return ask;
  const { name, env } = container;
  const key = KEYS.find(variable => holds(container, variable));
  if (key !== undefined) return { ...ask, fault: `the container ${name} has ${key}, which every SDK uses instead` };
  if (env.has('AWS_PROFILE')) return { ...ask, doubt: `the container ${name} has AWS_PROFILE: who it is stands in a file that is not among the manifests` };
  const doubt = comesFromElsewhere(container, IDENTITY) ?? mayComeFromElsewhere(container, 'keys or another identity');
  return doubt === undefined ? ask : { ...ask, doubt };
}

/** The SDK takes both variables or neither. */
function byWebIdentity(pod: PodView, container: ContainerView): Ask {
  const role = container.env.get('AWS_ROLE_ARN');
  const file = container.env.get('AWS_WEB_IDENTITY_TOKEN_FILE');
  const asking = (audience: string, fault?: string): Ask => webIdentity(pod, role ?? '', audience, fault);
  if (!container.env.has('AWS_ROLE_ARN') || !container.env.has('AWS_WEB_IDENTITY_TOKEN_FILE')) {
    return asking('', `the container ${container.name} has only one of AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE`);
  }
  if (role === undefined || file === undefined) return asking('');
  const path = onWindows(pod) ? file.replace(/^[A-Za-z]:/, '').replaceAll('\\', '/') : file;
  const found = fileAt(pod, container, path);
  if (found.kind !== 'token') return asking('', found.kind === 'missing' ? found.why : `${file} is no token`);
  return asking(found.token.audience ?? '');
}

function webIdentity(pod: PodView, becomes: string, audience: string, fault?: string): Ask {
  const claims = mint(pod, audience);
  const key = podKey(claims);
  return { becomes, claims, way: 'irsa', ...(fault !== undefined && { fault }), ...(key !== undefined && { also: [{ becomes, key }] }) };
}

/** https://github.com/aws/amazon-eks-pod-identity-webhook: an association comes before the annotation. */
function byWebhook(pod: PodView, container: ContainerView, trust: TrustIndex): readonly Ask[] {
  const skipped = namesIn(pod.annotations[`${DOMAIN}/skip-containers`] ?? '').includes(container.name);
  if (skipped || `${DOMAIN}/skip-pod-identity-webhook` in pod.labels) return [];
  if (associationOf(mint(pod, ''), trust) !== undefined) return [podIdentity(pod, PODS_AUDIENCE, trust, nodeFault(pod))];
  const role = pod.accountAnnotations[`${DOMAIN}/role-arn`];
  return role === undefined ? [] : [webIdentity(pod, role, pod.accountAnnotations[`${DOMAIN}/audience`] ?? 'sts.amazonaws.com')];
}

/** The first record of a CSV: blanks belong to the names, and quotes may be around them. One that is none skips nobody. */
function namesIn(csv: string): readonly string[] {
  const [line = ''] = csv.split(/\r?\n/);
  const fields = line.split(',');
  if (!line.includes('"')) return fields;
  return fields.every(field => /^("[^"]*"|[^"]*)$/.test(field)) ? fields.map(field => field.replace(/^"(.*)"$/, '$1')) : [];
}

const AGENT = /^http:\/\/(169\.254\.170\.23|\[fd00:ec2::23\])\/v1\/credentials$/;

/** The agent is asked with the token of the file; it knows the role by the association. */
function byAgent(pod: PodView, container: ContainerView, trust: TrustIndex): Ask {
  const { name, env } = container;
  const asking = (audience: string, fault?: string): Ask => podIdentity(pod, audience, trust, fault);
  if (env.has('AWS_CONTAINER_CREDENTIALS_RELATIVE_URI')) return asking('', `the container ${name} has AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, which every SDK uses instead`);
  if (!IDENTITY.slice(2).every(variable => env.has(variable))) return asking('', `the container ${name} has only one of ${IDENTITY.slice(2).join(' and ')}`);
  const [uri, file] = IDENTITY.slice(2).map(variable => env.get(variable));
  if (uri === undefined || file === undefined) return asking('');
  if (!AGENT.test(uri)) return { ...asking(''), doubt: `the container ${name} asks ${uri}, which is not the agent of Pod Identity` };
  const found = fileAt(pod, container, file);
  if (found.kind !== 'token') return asking('', found.kind === 'missing' ? found.why : `${file} is no token`);
  return asking(found.token.audience ?? '', nodeFault(pod));
}

function podIdentity(pod: PodView, audience: string, trust: TrustIndex, fault?: string): Ask {
  const claims = mint(pod, audience);
  const association = associationOf(claims, trust);
  const role = association === undefined ? '' : roleOf(association);
  const becomes = (association && targetOf(association)) ?? role;
  const [key, workload] = [podKey(claims), workloadKey(claims)];
  return {
    becomes,
    claims,
    way: 'pod-identity',
    ...(fault !== undefined && { fault }),
    // On its way to a target it becomes the role; and by web identity it would be the same workload.
    also: [...(key === undefined || becomes === role ? [] : [{ becomes: role, key }]), ...(workload === undefined ? [] : [{ becomes: role, key: workload }])],
  };
}

/** https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html#pod-id-restrictions */
function nodeFault(pod: PodView): string | undefined {
  const fargate = pod.mayBeOn('eks.amazonaws.com/compute-type', 'fargate') || 'eks.amazonaws.com/fargate-profile' in pod.labels;
  const windows = ['kubernetes.io/os', 'beta.kubernetes.io/os'].some(label => pod.mayBeOn(label, 'windows'));
  return windows || fargate ? `the pod is for ${fargate ? 'Fargate' : 'Windows'}, where there is no agent of Pod Identity` : undefined;
}

function onWindows({ nodeSelector }: PodView): boolean {
  return nodeSelector['kubernetes.io/os'] === 'windows' || nodeSelector['beta.kubernetes.io/os'] === 'windows';
}
