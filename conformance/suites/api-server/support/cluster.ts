import { createHash, randomBytes } from 'node:crypto';
import { KubeClient, type Answer, type Refusal } from '../../../kube/client';
import { readKubeconfig } from '../../../kube/config';
import type { ApiServerFacts } from '../../../systems/facts';
import { system } from '../../support/systems';
import type { KubernetesObject } from 'symbolon';

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** What keeps an object that was deleted. */
interface Held {
  readonly deletionTimestamp?: string;
  readonly finalizers?: readonly string[];
}

export interface ApplyOptions {
  /** Everything is checked, nothing is stored. */
  readonly dryRun?: boolean;
}

/** The API server, as somebody who applies manifests sees it. */
export class Cluster {
  readonly client: KubeClient;
  private readonly resources = new Map<string, Promise<readonly Resource[]>>();
  private readonly namespaces = new Map<string, Promise<unknown>>();
  private readonly run = randomBytes(3).toString('hex');
  private serial = 0;

  constructor(readonly facts: ApiServerFacts = system('apiServer')) {
    this.client = new KubeClient(readKubeconfig(facts.kubeconfig));
  }

  /** The name under which that namespace, or that thing without one, exists here: in a cluster that is not ours, one that is. */
  nameOf(name: string): string {
    const { own, prefix } = this.facts;
    // Every suite has its own: what another one made may not be gone yet.
    return own || name.startsWith(prefix) ? name : `${prefix}${createHash('sha256').update(`${this.run} ${name}`).digest('hex').slice(0, 12)}`;
  }

  /** A name that nothing has here, not even from an earlier run. */
  fresh(word: string): string {
    return `${word}-${this.run}-${this.serial++}`;
  }

  /** Makes the namespace unless it is there. */
  async namespace(name: string): Promise<string> {
    const real = this.nameOf(name);
    const made = this.namespaces.get(real) ?? this.client.post('/api/v1/namespaces', { metadata: { name: real } });
    this.namespaces.set(real, made);
    await made;
    return real;
  }

  /** Applies the manifest as `kubectl apply --server-side --validate=strict` does. */
  async apply(manifest: KubernetesObject, { dryRun = false }: ApplyOptions = {}): Promise<Answer<Refusal>> {
    const object = await this.placed(manifest);
    const path = await this.pathOf(object);
    const query = `fieldManager=symbolon-conformance&fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
    return this.client.send('PATCH', `${path}?${query}`, object, { type: 'application/apply-patch+yaml' });
  }

  /** Asks whether the manifest could be created as it is, under any name. Nothing is kept. */
  async create(manifest: KubernetesObject): Promise<Answer<Refusal>> {
    const path = (await this.pathOf(manifest)).replace(/\/[^/]*$/, '');
    return this.client.post(`${path}?fieldValidation=Strict&dryRun=All`, manifest);
  }

  /** The object as the server has it. */
  async read(manifest: KubernetesObject): Promise<Answer<Refusal>> {
    return this.client.get(await this.pathOf(manifest));
  }

  /** Merges the patch into an object that is there, as `kubectl patch --type strategic` does. */
  async patch(manifest: KubernetesObject, patch: object): Promise<Answer<Refusal>> {
    const path = await this.pathOf(await this.placed(manifest));
    return this.client.send('PATCH', `${path}?fieldManager=symbolon-conformance-patch&fieldValidation=Strict`, patch, { type: 'application/strategic-merge-patch+json' });
  }

  /** Does what the garbage collector of a whole cluster does, for one object: lets go of it when it is being deleted in the foreground. */
  async collect(manifest: KubernetesObject): Promise<void> {
    const { metadata: { deletionTimestamp, finalizers = [] } = {} } = (await this.read(manifest)).body as unknown as { readonly metadata?: Held };
    if (deletionTimestamp === undefined || !finalizers.includes('foregroundDeletion')) return;
    await this.client.send('PATCH', await this.pathOf(manifest), [{ op: 'remove', path: '/metadata/finalizers' }], { type: 'application/json-patch+json' });
  }

  /** Closes the connections: a test runner waits for them. */
  close(): void {
    this.client.close();
  }

  /** The manifest with the namespaces of this cluster, which exist. */
  private async placed(manifest: KubernetesObject): Promise<KubernetesObject> {
    const { metadata } = manifest;
    const resource = await this.resourceOf(manifest);
    const subjects = manifest.subjects as readonly { readonly namespace: string }[] | undefined;
    const roleRef = manifest.roleRef as { readonly kind: string; readonly name: string } | undefined;
    return {
      ...manifest,
      metadata: { ...metadata, ...(resource.namespaced ? { namespace: await this.namespace(metadata.namespace ?? 'default') } : { name: this.nameOf(metadata.name) }) },
      ...(subjects !== undefined && { subjects: subjects.map(subject => ({ ...subject, namespace: this.nameOf(subject.namespace) })) }),
      ...(roleRef?.kind === 'ClusterRole' && { roleRef: { ...roleRef, name: this.nameOf(roleRef.name) } }),
    };
  }

  /** Where the object is, for the API. */
  private async pathOf(object: KubernetesObject): Promise<string> {
    const { name, namespaced } = await this.resourceOf(object);
    const within = namespaced ? `/namespaces/${encodeURIComponent(object.metadata.namespace ?? 'default')}` : '';
    return `${groupPath(object.apiVersion)}${within}/${name}/${encodeURIComponent(object.metadata.name)}`;
  }

  private async resourceOf({ apiVersion, kind }: KubernetesObject): Promise<Resource> {
    const path = groupPath(apiVersion);
    const known = this.resources.get(path) ?? this.client.get<{ resources: readonly Resource[] }>(path).then(({ body }) => body.resources);
    this.resources.set(path, known);
    const found = (await known).find(each => each.kind === kind && !each.name.includes('/'));
    if (found === undefined) throw new Error(`the server does not know ${apiVersion} ${kind}`);
    return found;
  }
}

function groupPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}
