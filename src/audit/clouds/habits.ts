import type { ContainerView, Data, PodView } from '../../proof/pods';
import type { AuditView } from '../view';

/** Where a label or an annotation stands. */
export type Stand = 'account annotation' | 'account label' | 'pod annotation' | 'pod label' | 'namespace annotation' | 'namespace label';

/** A label or annotation that somebody reads, and what is to be known of its value. */
export interface KeyHabit {
  readonly key: string;
  /** Where it is read. Elsewhere it does nothing. */
  readonly on: readonly Stand[];
  /** What every value looks like that can work. */
  readonly form?: { readonly pattern: RegExp; readonly expected: string };
  /** A lifetime in seconds, and what comes of another one. */
  readonly lifetime?: { readonly min: number; readonly max?: number; readonly otherwise: string };
  /** Between the names of containers. */
  readonly separator?: ',' | ';';
}

/** A label or annotation that stands in tutorials, and that nobody reads (any more), or not as people think. */
export interface DeadKey {
  readonly key: string;
  readonly on: Stand;
  /** Which values. @default all */
  readonly value?: RegExp;
  /** Goes on from "the annotation x: ". */
  readonly why: string;
  readonly fix: string;
}

/** A token that somebody outside the cluster is shown. */
export interface Shown {
  /** Who says so: `AWS_WEB_IDENTITY_TOKEN_FILE`. */
  readonly by: string;
  readonly path: string;
}

/** What one relying party's webhooks and SDKs make of pods. Nothing of it is taken from the generator. */
export interface Habits {
  /** As people call it. */
  readonly name: string;
  readonly keys: readonly KeyHabit[];
  readonly dead: readonly DeadKey[];
  /** Variables with a key or a password that never ends. */
  readonly secrets: readonly string[];
  /** Where its webhook mounts tokens, so that no manifest has to. */
  readonly mounts: readonly string[];
  /** Whether the container has an identity by a token, which makes keys superfluous. */
  hasIdentity(pod: PodView, container: ContainerView): boolean;
  /** The tokens that the container's SDK shows the cloud. */
  shows(pod: PodView, container: ContainerView): readonly Shown[];
  /** What its webhook waits for and does not find: the account asks for an identity, and nothing tells the webhook to look at the pod. */
  waitsFor?(pod: PodView, view: AuditView): { readonly key: string; readonly value: string; readonly asked: string; readonly on: Stand } | undefined;
  /** What goes wrong in the network of the host. */
  onHostNetwork?(pod: PodView, container: ContainerView): { readonly why: string; readonly fix: string } | undefined;
  /** Whether something takes the pod's token for the Kubernetes API, so that it has to be there; says who. */
  takesApiToken?(pod: PodView): string | undefined;
  /** A volume whose token nobody mounts, and somebody uses all the same. */
  usesVolume?(pod: PodView, volume: string): boolean;
  /** Whether the text of a file is a key that never ends, such as a service account's. */
  isKeyFile?(variable: string, content: string): boolean;
  /** Variables that name a file, which may be a key. */
  readonly keyFiles?: readonly string[];
}

/** The variables that are paths, with those that are set. */
export function shownBy(container: ContainerView, variables: readonly string[]): readonly Shown[] {
  return variables.flatMap(by => {
    const path = container.env.get(by);
    return path === undefined || !path.startsWith('/') ? [] : [{ by, path }];
  });
}

/** Whether one of the variables is set, with a value that can be read or not. */
export function hasAny({ env }: ContainerView, variables: readonly string[]): boolean {
  return variables.some(name => env.has(name));
}

/** The text of JSON as a map; undefined for everything else. */
export function jsonIn(content: string): Data | undefined {
  try {
    const value: unknown = JSON.parse(content);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Data) : undefined;
  } catch {
    return undefined;
  }
}
