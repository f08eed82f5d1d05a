/** What definitions can say besides: other audiences, other clouds, names at the border, several clouds in one pod, every container. */
import type { Asked } from './support/ask';
import { fieldsOf } from './support/cells';
import { clusterInputOf } from './support/platforms';
import { NEIGHBOURS, plannedScene, run } from './support/pods';
import { Stage } from './support/stage';
import { missingFor, type PodSide } from './support/webhooks';
import type { MadeIdentity } from '../../systems/token-services/entra';
import { notRun } from '../support/report';
import { system } from '../support/systems';
import { defineWorkloadIdentity, planWorkloadIdentities, type BindingInput, type InjectionMode, type PlannedEdge, type WorkloadIdentityInput } from 'symbolon';

interface Variant {
  readonly what: string;
  readonly platform: string;
  /** What the bindings say, by provider. */
  readonly trustedBy: { readonly [provider in Asked]?: object };
  readonly injections: readonly InjectionMode[];
  readonly names?: { readonly namespace: string; readonly serviceAccount: string };
  readonly cloud?: MadeIdentity['cloud'];
}

/** As long as Kubernetes has them: 63 and 253 characters. */
const LONG = { namespace: 'n'.repeat(60), serviceAccount: [60, 60, 60, 60, 9].map(length => 'a'.repeat(length)).join('.') };

const VARIANTS: readonly Variant[] = [
  { what: 'an audience of its own', platform: 'eks', trustedBy: { aws: { audience: 'sts.shop.example.com' } }, injections: ['webhook', 'explicit', 'none'] },
  { what: 'a long session', platform: 'eks', trustedBy: { aws: { maxSessionDuration: 43200 } }, injections: ['webhook', 'explicit'] },
  { what: 'an audience of its own', platform: 'self-managed', trustedBy: { azure: { audience: 'api://shop' } }, injections: ['explicit', 'none'] },
  { what: 'the government\'s cloud', platform: 'aks', trustedBy: { azure: { cloud: 'us-government' } }, injections: ['webhook', 'explicit'], cloud: 'us-government' },
  { what: 'the cloud in China', platform: 'aks', trustedBy: { azure: { cloud: 'china' } }, injections: ['webhook', 'explicit'], cloud: 'china' },
  { what: 'the longest names', platform: 'eks', trustedBy: { aws: { roleName: 'x'.repeat(64) } }, injections: ['webhook', 'explicit'], names: LONG },
  { what: 'the longest names', platform: 'aks', trustedBy: { azure: {} }, injections: ['webhook', 'explicit'], names: LONG },
  { what: 'the longest names', platform: 'gke', trustedBy: { gcp: {} }, injections: ['webhook', 'explicit'], names: LONG },
  { what: 'without a service account', platform: 'eks', trustedBy: { gcp: { impersonate: false } }, injections: ['explicit', 'none'] },
  { what: 'three clouds in one pod', platform: 'gke', trustedBy: { aws: {}, azure: {}, gcp: {} }, injections: ['explicit'] },
  { what: 'three clouds in one pod', platform: 'aks', trustedBy: { azure: {}, aws: {}, gcp: {} }, injections: ['explicit'] },
  { what: 'two clouds in one pod, each in its own way', platform: 'eks', trustedBy: { aws: {}, azure: { injection: 'explicit' } }, injections: ['webhook'] },
];
const CASES = VARIANTS.flatMap(variant => variant.injections.map(injection => ({ ...variant, injection })));
type Case = (typeof CASES)[number];

const nameOf = ({ what, platform, trustedBy, injection }: Case): string => `${Object.keys(trustedBy).join(', ')} on ${platform}, ${injection}: ${what}`;
const sideOf = ({ platform, trustedBy, injection, cloud = 'public' }: Case): PodSide => ({ provider: Object.keys(trustedBy)[0] as string, platform, injection, cloud });

function definitionOf({ platform, trustedBy, injection, names = { namespace: 'variant', serviceAccount: 'variant' } }: Case, i: number): WorkloadIdentityInput {
  const bindings = Object.entries(trustedBy).map(([provider, own]) => [provider, { injection, ...fieldsOf({ provider, platform }), ...own } as BindingInput]);
  // Nobody's namespace is that of another case.
  const namespace = `${names.namespace}-${String(i).padStart(2, '0')}`;
  return { name: 'variant', namespace, serviceAccount: names.serviceAccount, clusters: [clusterInputOf(platform)], trustedBy: Object.fromEntries(bindings) };
}

const sdks = system('sdkClients');
let stage: Stage;
beforeAll(async () => void (stage = await Stage.open()));
afterAll(() => stage.close());

const missingOf = (each: Case): string | undefined => {
  const without = (Object.keys(each.trustedBy) as Asked[]).find(provider => sdks[provider] === undefined);
  return without === undefined ? missingFor(sideOf(each)) : `the SDK of ${without}`;
};
for (const each of CASES) {
  const missing = missingOf(each);
  if (missing !== undefined) notRun('clients', nameOf(each), `${missing} could not be had`);
}

test.each(CASES.filter(each => missingOf(each) === undefined).map((each, i) => [nameOf(each), each, i] as const))('%s', async (_name, each, i) => {
  const plan = planWorkloadIdentities(defineWorkloadIdentity(definitionOf(each, i)));
  const scene = plannedScene(plan, plan.edges[0] as PlannedEdge);
  stage.carryOut(plan.trust, each.cloud);
  expect(plan.edges.map(({ provider }) => provider)).toEqual(Object.keys(each.trustedBy));

  const pod = await run(sideOf(each), scene);
  const stranger = await run(sideOf(each), (NEIGHBOURS['another service account'] as (typeof NEIGHBOURS)[string]).of(scene));
  for (const { provider, handle } of plan.edges) {
    for (const container of ['app', 'sidecar', 'prepare']) await stage.expectAdmission(provider as Asked, handle, pod, scene.cluster, container);
    await stage.expectRefusal('another service account', 'subject', provider as Asked, stranger, scene.cluster);
  }
});
