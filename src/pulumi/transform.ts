import * as pulumi from '@pulumi/pulumi';
import { featuresOf, opened, workloadTypeOf } from './kubernetes-args';
import type { Pending } from './pending';
import { injectInto, isPlain } from './pod-template';
import { whenKnown } from './when-known';
import { InvalidDefinitionError } from '../core/errors';
import { Findings, complain, type Complaint } from '../core/issues';
import { isChosen, type WorkloadSelector } from '../identity/workload-choice';
import { isData, isUnset, type Data } from '../kubernetes/data';
import type { PodInjection, PodParts } from '../kubernetes/injection';
import type { KubernetesObject, ObjectLayout } from '../kubernetes/manifest';
import { asExpected } from '../kubernetes/service-account';
import { templatePathOf } from '../kubernetes/workload';

/** One service account that pods may run as. */
export interface TransformAccount {
  readonly injection: Pending<PodInjection>;
  /** Whether the ServiceAccount is made here. */
  readonly made: boolean;
  /** How it has to look, where it is made elsewhere. Throws where a fact is missing. */
  readonly expected: () => Pending<ObjectLayout>;
}

/** What resources are to be given. */
export interface TransformParts {
  /** `"checkout" on prod-blue`, for errors. */
  readonly whose: string;
  readonly accounts: readonly TransformAccount[];
  /** The workload that is meant; those that run as one of the accounts, where none is. */
  readonly selector: WorkloadSelector | undefined;
  /** What has to be there before the pods. */
  readonly after: readonly pulumi.Resource[];
}

/** Gives workloads that others make what their pods carry, and service accounts that others make what they have to say. All other resources are left alone. */
export function transformOf(parts: TransformParts): pulumi.ResourceTransform {
  return async args => {
    const kind = workloadTypeOf(args.type);
    if (kind === undefined) return undefined;
    const props = opened(args.props) as Data;
    const features = await featuresOf(kind, args.props as Data);
    const named = (name: string | undefined) => parts.accounts.find(({ injection: { serviceAccountName, namespace } }) =>
      serviceAccountName === name && (features.namespace ?? namespace) === namespace);
    if (kind === 'ServiceAccount') {
      const account = named(features.name);
      return account && { props: withExpected(props, account, args.name, parts.whose), opts: args.opts };
    }
    const { selector } = parts;
    if (selector !== undefined && !isChosen(selector, features)) return undefined;
    const account = selector === undefined ? named(features.account) : parts.accounts[0];
    if (account === undefined) return undefined;
    const whose = `${kind} ${JSON.stringify(features.name ?? args.name)} with ${parts.whose}`;
    return { props: injected(kind, props, account.injection, whose), opts: pulumi.mergeOptions(args.opts, { dependsOn: [...parts.after] }) };
  };
}

/** Gives workloads that others make something for whoever their pods run as: all of them, or the one that is meant. */
export function transformOfTokens({ whose, injection, selector }: Pick<TransformParts, 'whose' | 'selector'> & { readonly injection: Pending<PodParts> }): pulumi.ResourceTransform {
  return async args => {
    const kind = workloadTypeOf(args.type);
    if (kind === undefined || kind === 'ServiceAccount') return undefined;
    const features = await featuresOf(kind, args.props as Data);
    if (selector !== undefined && !isChosen(selector, features)) return undefined;
    return { props: injected(kind, opened(args.props) as Data, injection, `${kind} ${JSON.stringify(features.name ?? args.name)} with ${whose}`), opts: args.opts };
  };
}

function injected(kind: string, props: Data, injection: Pending<PodParts>, whose: string): Data {
  const path = templatePathOf(kind) ?? [];
  const metadata = injection.namespace === undefined ? props.metadata : withNamespace(props.metadata, injection.namespace, whose);
  if (path.length > 0) {
    const changed = changeAt(props, path, template => injectInto(template as Data, injection, whose, path.join('.'))) as Data;
    return metadata === props.metadata ? changed : { ...changed, metadata };
  }
  // A pod is its own template; the arguments of a resource are never an Output as a whole.
  // Its namespace has been seen to.
  const { namespace: _, ...parts } = injection;
  const pod = injectInto<Data>({ metadata, spec: props.spec }, parts, whose, '');
  if (!pulumi.Output.isInstance<Data>(pod)) return { ...props, ...pod as Data };
  return { ...props, metadata: pod.apply(each => each.metadata), spec: pod.apply(each => each.spec) };
}

/** The change at the end of the path, through the Outputs on the way. */
function changeAt(value: unknown, path: readonly string[], change: (value: unknown) => unknown): unknown {
  if (pulumi.Output.isInstance(value)) return value.apply(known => whenKnown(() => changeAt(known, path, change)));
  const [key, ...rest] = path;
  return key === undefined ? change(value) : { ...value as Data, [key]: changeAt((value as Data | undefined)?.[key], rest, change) };
}

function withNamespace(metadata: unknown, namespace: string, whose: string): unknown {
  return changeAt(metadata, [], known => {
    if (known !== undefined && known !== null && !isData(known)) refuse(whose, 'workload/structure', 'metadata', { expected: 'a map', got: known, fix: 'write it as Kubernetes takes it' });
    return {
      ...known as Data,
      namespace: changeAt((known as Data | undefined)?.namespace, [], present => {
        if (isUnset(present) || present === namespace) return namespace;
        return refuse(whose, 'workload/namespace', 'metadata.namespace', {
          expected: JSON.stringify(namespace), got: present, fix: 'a service account serves pods of its own namespace only, so attach the identity that runs in this one',
        });
      }),
    };
  });
}

function refuse(whose: string, code: string, at: string, complaint: Complaint): never {
  const findings = new Findings();
  complain(findings.report, code, at, complaint);
  throw new InvalidDefinitionError(whose, findings.all);
}

function withExpected(props: Data, { made, expected }: TransformAccount, name: string, whose: string): Data {
  if (made) {
    refuse(whose, 'identity/owned-twice', 'serviceAccount', {
      expected: `one maker of the ServiceAccount of ${whose}`, got: name, fix: 'say create: false for it in the definition, which then adds what is missing, or switch it off where it is made',
    });
  }
  const findings = new Findings();
  const complete = (metadata: unknown, wanted: unknown): unknown => {
    const account = asExpected({ metadata }, wanted as KubernetesObject, findings.report) as Data;
    if (findings.errors.length > 0) throw new InvalidDefinitionError(whose, findings.all);
    return account.metadata;
  };
  const wanted = expected();
  const plain = isPlain(props.metadata) && isPlain(wanted);
  const metadata = plain ? complete(props.metadata, wanted) : pulumi.all([props.metadata, wanted]).apply(known => whenKnown(() => complete(...known)));
  return { ...props, metadata };
}
