import type { AzureCloud, AzureLayout, BindingInput, InjectionMode, WorkloadIdentityInput } from 'symbolon';

type Fields = { readonly injection?: InjectionMode; readonly audience?: string; readonly mechanism?: string; readonly [field: string]: unknown };

/** What pods are made for: how, and in which of Azure's clouds their cluster is. */
export interface Setting {
  readonly mode: InjectionMode;
  readonly cloud: AzureCloud;
  /** @default what the definition says */
  readonly layout?: AzureLayout;
}

/** The relying parties whose webhook runs here: on GKE none takes part, and those of ACK, of Vault and of pfnet are not to be had. */
const HOOKED = ['aws', 'azure'];

/** The same identity in that setting, everywhere. What no webhook here knows is left out. */
export function inSetting(setting: Setting, input: WorkloadIdentityInput): WorkloadIdentityInput {
  const { trustedBy = {}, ...rest } = input;
  const bindings = Object.entries(trustedBy).flatMap(([key, binding]) => {
    const provider = binding?.provider ?? key;
    return HOOKED.includes(provider) ? [[key, everywhere(setting, provider, binding as BindingInput)] as const] : [];
  });
  return { ...rest, injection: setting.mode, ...(bindings.length > 0 && { trustedBy: Object.fromEntries(bindings) }) };
}

function everywhere({ mode, cloud, layout }: Setting, provider: string, binding: BindingInput): BindingInput {
  const { on = {}, ...fields } = binding as Fields & { readonly on?: { readonly [cluster: string]: Fields } };
  const set = (own: Fields): Fields => {
    const { audience, mechanism, ...others } = own;
    // Identity bindings are AKS's own: neither its proxy nor an explicit mode of them is to be had.
    return {
      ...others,
      ...(mechanism !== undefined && mechanism !== 'identity-binding' && { mechanism }),
      ...(audience !== undefined && !(provider === 'azure' && mode === 'webhook') && { audience }),
      injection: mode,
    };
  };
  return {
    ...(provider === 'azure' && mode === 'explicit' && { audience: WEBHOOK_AUDIENCE }),
    ...set(fields),
    ...(provider === 'azure' && { cloud, ...(layout !== undefined && { layout }) }),
    ...(Object.keys(on).length > 0 && { on: Object.fromEntries(Object.entries(on).map(([cluster, own]) => [cluster, set(own)])) }),
  } as BindingInput;
}

/** The webhook asks for this one in every cloud, whatever it is told; the explicit mode for each cloud's own, unless it is told. */
const WEBHOOK_AUDIENCE = 'api://AzureADTokenExchange';
