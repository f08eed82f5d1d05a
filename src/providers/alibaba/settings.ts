import type { Deferrable } from '../../core/deferred';
import { rrsaProviderName } from '../../platforms/ack';
import type { ClusterDefinition } from '../../platforms/cluster';
import { idOf, late } from '../late';
import type { AnchorNeed, Edge, EdgeInput } from '../provider';
import type { AlibabaBindingFields, AlibabaOptIn, AlibabaPolicyDocument, AlibabaPolicyType } from './binding';

/** An Alibaba Cloud binding for one cluster, with every default filled in. */
export interface AlibabaSettings {
  readonly accountId: Deferrable<string>;
  readonly roleName: string;
  readonly existing: boolean;
  readonly providerName: string;
  /** Whether the binding says the name of the provider, which exists then. */
  readonly ownProvider: boolean;
  /** `given` is what the user wrote: the name, or that of the fact. */
  readonly policies: readonly { readonly given: string; readonly name: Deferrable<string>; readonly type: AlibabaPolicyType }[];
  readonly customPolicies: { readonly [name: string]: AlibabaPolicyDocument };
  readonly description: string | undefined;
  readonly maxSessionDuration: number | undefined;
  readonly expirationSeconds: number;
  readonly optIn: AlibabaOptIn;
  /** Whether the binding says it. */
  readonly ownOptIn: boolean;
  readonly onlyContainers: readonly string[] | undefined;
  readonly skipContainers: readonly string[] | undefined;
  readonly injectStsEndpoint: boolean | undefined;
  readonly region: string | undefined;
  /** Whether the binding says the region, and not the cluster. */
  readonly ownRegion: boolean;
}

export type AlibabaEdge = Edge<AlibabaSettings>;

/** The one audience that its STS and its webhook know. */
export const AUDIENCE = 'sts.aliyuncs.com';
export const DEFAULT_SECONDS = 3600;

export function settingsOf({ fields, cluster, identity, facts }: EdgeInput<AlibabaBindingFields>): AlibabaSettings {
  return {
    accountId: fields.accountId ?? cluster.ack?.accountId ?? facts.binding('accountId', 'is the account (UID) that owns the role; set it in the definition, or give it as a fact'),
    roleName: fields.roleName ?? identity,
    existing: fields.existing ?? false,
    providerName: fields.providerName ?? providerNameOf(cluster),
    ownProvider: fields.providerName !== undefined,
    policies: (fields.policies ?? []).map(({ name, type = 'System' }) => ({ given: idOf(name), name: late(name, facts, 'is the name of a policy'), type })),
    customPolicies: fields.customPolicies ?? {},
    description: fields.description,
    maxSessionDuration: fields.maxSessionDuration,
    expirationSeconds: fields.expirationSeconds ?? DEFAULT_SECONDS,
    optIn: fields.optIn ?? 'pod-label',
    ownOptIn: fields.optIn !== undefined,
    onlyContainers: fields.onlyContainers,
    skipContainers: fields.skipContainers,
    injectStsEndpoint: fields.injectStsEndpoint,
    region: fields.region ?? cluster.ack?.region,
    ownRegion: fields.region !== undefined,
  };
}

/** The usual name of the provider that stands for a cluster. */
export function providerNameOf(cluster: ClusterDefinition): string {
  return cluster.ack === undefined ? cluster.name : rrsaProviderName(cluster.ack);
}

/** Switching RRSA on makes the provider in the cluster's own account; whoever names one, or has a role already, has it too. */
export function anchorNeedOf({ cluster, settings }: AlibabaEdge): AnchorNeed | undefined {
  const isThere = settings.existing || settings.ownProvider || cluster.ack?.accountId === settings.accountId;
  return isThere ? undefined : { home: settings.accountId, audience: AUDIENCE };
}
