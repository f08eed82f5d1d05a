import { checkConditions } from './check-conditions';
import { checkPodIdentity } from './check-pod-identity';
import { NAME, checkPolicies, checkRole } from './check-role';
import { checkSubjects } from './check-subjects';
import { DEFAULT_AUDIENCE, PODS_AUDIENCE, trusts, type AwsEdge } from './settings';
import { isAudience } from '../../core/audience';
import { isDeferred } from '../../core/deferred';
import { complain, type Report } from '../../core/issues';
import { isDnsLabel } from '../../core/names';
import { checkLifetime } from '../../kubernetes/projected-token';
import { partitionOfEks } from '../../platforms/eks';
import { PARTITIONS, isRegion, partitionOf } from '../../platforms/eks-regions';
import { checkReach, type KeyFetcher } from '../reach';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html */
export const IAM: KeyFetcher = { who: 'IAM', fix: 'publish its documents under an issuer that is public, or on EKS say mechanism: "pod-identity"' };

/** Files a finding about a field of the binding, or warns of it. */
export type Wrong = (field: string, code: string, expected: string, got: unknown, fix: string, severity?: 'warning') => void;

/** The rules of IAM: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export function check(edge: AwsEdge, report: Report): void {
  const { settings } = edge;
  const wrong: Wrong = (field, code, expected, got, fix, severity) =>
    complain(report, `aws/${code}`, edge.at(field), severity === undefined ? { expected, got, fix } : { expected, got, fix, severity });

  if (!isDeferred(settings.accountId) && !/^\d{12}$/.test(settings.accountId)) wrong('accountId', 'account', '12 digits', settings.accountId, 'use the account that owns the role');
  checkWhere(edge, wrong);
  if (!NAME.test(settings.roleName) || settings.roleName.length > 64) {
    wrong('roleName', 'role-name', '1 to 64 of the characters A-Z, a-z, 0-9 and +=,.@_-', settings.roleName, 'set a roleName (the default is the name of the identity)');
  }
  if (!/^\/([\u0021-\u007e]{1,510}\/)?$/.test(settings.rolePath)) wrong('rolePath', 'role-path', 'a path that begins and ends with a slash, at most 512 characters of ASCII without blanks', settings.rolePath, 'write it as /teams/shop/');
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
  if (/^\/aws-service-role\//.test(settings.rolePath)) wrong('rolePath', 'role-path', 'another path than /aws-service-role/, which AWS keeps for roles of its services', settings.rolePath, 'write it as /teams/shop/');
  checkToken(edge, wrong, report);
  checkMechanisms(edge, wrong);
  checkRole(edge, wrong);
  checkPolicies(edge, wrong);
  if (settings.conditions !== undefined) checkConditions(settings.conditions, wrong);
  if (settings.unsafeSubjects !== undefined) checkSubjects(edge, settings.unsafeSubjects, wrong);
  if (settings.podIdentity !== undefined) checkPodIdentity(edge, settings.podIdentity, wrong);
}

/** A region is in one partition, and its STS knows roles of that one alone. Where nothing tells pods a region, they may ask another one. */
function checkWhere({ settings: { partition, region, ownRegion }, injection, cluster: { eks } }: AwsEdge, wrong: Wrong): void {
  if (ownRegion && region !== undefined && !isRegion(region)) wrong('region', 'region', 'an AWS region such as us-west-2', region, 'use the region that the application works in');
  if (!PARTITIONS.includes(partition)) {
    wrong('partition', 'partition', `one of ${PARTITIONS.join(', ')}`, partition, 'use the partition of the account');
    return;
  }
  // What a cluster says of itself is the cluster's finding.
  const told = ownRegion || (injection !== 'none' && (eks === undefined || partition !== partitionOfEks(eks)));
  if (region !== undefined && told && isRegion(region) && partitionOf(region) !== partition) {
    wrong('partition', 'partition', `${partitionOf(region)}, the partition of the region ${region}`, partition, `say partition: "${partitionOf(region)}" if the role is there, or else a region of the partition ${partition}`);
  }
}

function checkToken(edge: AwsEdge, wrong: Wrong, report: Report): void {
  const { settings, cluster } = edge;
  if (!isAudience(settings.audience) || settings.audience.length > 255 || /[*?]/.test(settings.audience)) {
    wrong('audience', 'audience', 'one audience of at most 255 characters, without wildcards and blanks', settings.audience, 'leave it out for sts.amazonaws.com');
  } else if (settings.audience !== DEFAULT_AUDIENCE && !trusts(edge, 'irsa')) {
    wrong('audience', 'pod-identity-audience', 'no audience, since the agent of Pod Identity takes one alone', settings.audience, 'leave it out, or say it under on for the clusters whose mechanism is "irsa"');
  }
  // https://github.com/terraform-aws-modules/terraform-aws-eks/issues/1704
  if (trusts(edge, 'irsa') && settings.audience === 'sts.amazonaws.com.cn') {
    wrong('audience', 'audience-partition', `${DEFAULT_AUDIENCE}, which is the audience in every partition`, settings.audience, 'leave it out: STS in China is another host, and asks for no other audience', 'warning');
  }
  // Any audience that the provider lists would do: this one is the agent's, whose tokens every associated pod has. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
  if (trusts(edge, 'irsa') && settings.audience === PODS_AUDIENCE) {
    wrong('audience', 'irsa-audience', `${DEFAULT_AUDIENCE}, or an audience of your own`, settings.audience, 'leave it out, or say mechanism: "pod-identity": tokens for its agent are no tokens for STS, and whoever gets one could show it to both', 'warning');
  }
  const issuer = edge.facts.issuer();
  if (trusts(edge, 'irsa') && !settings.existing && !isDeferred(issuer) && (issuer.length > 255 || /^https:\/\/[^/]*:\d+(\/|$)/.test(issuer))) {
    complain(report, 'aws/issuer', `clusters.${cluster.name}.issuer`, {
      expected: 'an issuer of at most 255 characters and without a port, as IAM takes them', got: issuer, fix: 'serve the discovery documents of the cluster at the usual port',
    });
  }
  if (trusts(edge, 'irsa')) checkReach(edge, IAM, report);
  checkLifetime(settings.expirationSeconds, edge.at('expirationSeconds'), report, { min: 600, max: 86400, whose: 'EKS grants no longer tokens' });
  if (settings.region === undefined && edge.injection !== 'none') {
    wrong('region', 'no-region', 'a region, which SDKs need to find STS and every other service', undefined, 'set region, unless every container sets AWS_REGION itself', 'warning');
  }
  for (const [i, name] of (settings.skipContainers ?? []).entries()) {
    if (!isDnsLabel(name)) wrong(`skipContainers[${i}]`, 'skip-containers', 'the name of a container: a DNS label', name, 'name the container exactly as the pod does');
  }
}

function checkMechanisms({ mechanism, settings }: AwsEdge, wrong: Wrong): void {
  const { alsoTrusts, clustersPerRole: size } = settings;
  if (alsoTrusts.includes(mechanism as (typeof alsoTrusts)[number])) {
    wrong('alsoTrusts', 'also-trusts', `mechanisms besides ${JSON.stringify(mechanism)}`, alsoTrusts, 'name the other one, or leave the field out');
  }
  if (size !== undefined && (!Number.isInteger(size) || size < 1)) wrong('clustersPerRole', 'clusters-per-role', 'a whole number of clusters, 1 or more', size, 'leave it out for one role');
}
