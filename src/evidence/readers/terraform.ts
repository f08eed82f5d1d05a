import { learnFrom, readResources } from './iac/read';
import { UNKNOWN, type Resource } from './iac/resource';
import { inCluster } from './iac/terraform-objects';
import { dataOf, isData, listOf, type Data } from '../../kubernetes/data';
import type { MapDocument, Reader } from '../reader';

/**
 * A state or a plan of Terraform or OpenTofu. Of a plan, what is planned: a value that is not known before it is made is left out of it, and
 * listed beside it. https://developer.hashicorp.com/terraform/internals/json-format
 */
export const terraform: Reader = {
  prints: ['terraform show -json', 'tofu show -json'],
  learn: (document, knowledge) => learnFrom(resourcesIn(document) ?? [], knowledge),
  read: (document, knowledge) => {
    if (isRawState(document.value)) return { unsaid: [{ path: '', what: 'in a form that is read here what is made: it is a state as Terraform keeps it for itself', fix: `give what ${SHOW} prints` }] };
    const resources = resourcesIn(document);
    return resources && readResources(resources, document.of, knowledge, inCluster);
  },
};

/** In its folder, Terraform knows where its state is. */
const SHOW = 'terraform show -json (tofu show -json)';

/** What `terraform state pull` prints, and `terraform.tfstate` holds: a form that changes with Terraform's versions. https://developer.hashicorp.com/terraform/language/state */
function isRawState({ version, terraform_version: by, lineage, resources }: Data): boolean {
  return typeof version === 'number' && typeof by === 'string' && typeof lineage === 'string' && Array.isArray(resources);
}

const read = new WeakMap<object, readonly Resource[]>();

function resourcesIn({ value }: MapDocument): readonly Resource[] | undefined {
  const before = read.get(value);
  if (before !== undefined) return before;
  const { format_version: version, planned_values: planned, values } = value;
  const from = isData(planned) ? 'planned_values' : 'values';
  const tree = isData(planned) ? planned : values;
  if (typeof version !== 'string' || !isData(tree)) return undefined;
  const resources = [
    ...moduleResources(dataOf(tree.root_module), `${from}.root_module`, unknownOf(value), vaultOf(value)),
    // What a plan has looked up stands with what was there before.
    ...moduleResources(dataOf(dataOf(dataOf(value.prior_state).values).root_module), 'prior_state.values.root_module', new Map(), {}).filter(({ lookedUp }) => lookedUp),
  ];
  read.set(value, resources);
  return resources;
}

/** What is not known of each resource, by address. Data sources that are read only when the plan is carried out are there as well. */
function unknownOf({ resource_changes: changes }: Data): ReadonlyMap<string, unknown> {
  return new Map(listOf(changes).map(({ address, change }) => [String(address), dataOf(change).after_unknown]));
}

function moduleResources(module: Data, path: string, unknown: ReadonlyMap<string, unknown>, vault: Data): readonly Found[] {
  const own = asList(module.resources).flatMap((resource, i): readonly Found[] => {
    if (!isData(resource) || typeof resource.type !== 'string' || resource.deposed_key !== undefined) return [];
    const address = String(resource.address);
    const values = dataOf(withUnknown(withUnknown(dataOf(resource.values), resource.sensitive_values), unknown.get(address)));
    const lookedUp = resource.mode === 'data';
    if (lookedUp && !LOOKED_UP.has(resource.type)) return [];
    return [{ type: resource.type, address, path: `${path}.resources[${i}]`, values, provider: resource.type.startsWith('vault_') ? vault : {}, lookedUp }];
  });
  return [...own, ...asList(module.child_modules).flatMap((child, i) => moduleResources(dataOf(child), `${path}.child_modules[${i}]`, unknown, vault))];
}

interface Found extends Resource {
  /** Whether it is a data source. */
  readonly lookedUp: boolean;
}

/** Data sources that say what a resource of the name would. */
const LOOKED_UP = new Set([
  'aws_iam_role', 'aws_iam_openid_connect_provider', 'azurerm_user_assigned_identity', 'azuread_application', 'google_iam_workload_identity_pool_provider',
  'kubernetes_service_account', 'kubernetes_service_account_v1', 'kubernetes_config_map', 'kubernetes_config_map_v1',
]);

/** Where a plan's configuration has the one Vault that it talks to. */
function vaultOf({ configuration }: Data): Data {
  const configs = Object.values(dataOf(dataOf(configuration).provider_config)).map(dataOf).filter(({ name }) => name === 'vault');
  if (configs.length !== 1) return {};
  const constant = (name: string): unknown => dataOf(dataOf(configs[0]?.expressions)[name]).constant_value;
  return { address: constant('address'), namespace: constant('namespace') };
}

/** The values with what is not known in its place: `true` says so of all that stands there. */
function withUnknown(value: unknown, unknown: unknown): unknown {
  if (unknown === true) return UNKNOWN;
  if (Array.isArray(unknown)) {
    const items = asList(value);
    return Array.from({ length: Math.max(items.length, unknown.length) }, (_, i) => withUnknown(items[i], (unknown as readonly unknown[])[i]));
  }
  if (!isData(unknown)) return value;
  const known = dataOf(value);
  return { ...known, ...Object.fromEntries(Object.entries(unknown).map(([key, part]) => [key, withUnknown(known[key], part)])) };
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value as readonly unknown[] : [];
}
