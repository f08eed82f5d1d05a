import type { ApiServerFlag } from '../../core/api-server-flag';
import { complain, type Report } from '../../core/issues';

/** One flag as it was given somewhere. */
export interface Flag extends ApiServerFlag {
  /** Where, in the user's words. */
  readonly path: string;
}

/** The flags that an API server is started with. */
export class Flags {
  constructor(
    private readonly given: readonly Flag[],
    /** What is there without being given: kubeadm fills in keys and an issuer. Undefined for a whole command line. */
    readonly kubeadm?: { readonly issuer: string; readonly endpoint?: string },
    /** Names of flags that were given in a way that is no way to give them: what they say is not known. */
    private readonly unread: ReadonlySet<string> = new Set(),
  ) {}

  /** Whether it was given in a way that could not be read, so that it is not missing. */
  isUnread(name: string): boolean {
    return this.unread.has(name);
  }

  /** The host at which the API server is reached, with or without a port, where something says so. */
  get endpoint(): string | undefined {
    return this.kubeadm?.endpoint;
  }

  /** Every time that it was given, in order. */
  all(name: string): readonly Flag[] {
    return this.given.filter(flag => flag.name === name);
  }

  /** The one that counts where a flag has one value: the last. */
  last(name: string): Flag | undefined {
    return this.all(name).at(-1);
  }

  /** Where a flag would stand that was not given. */
  placeFor(name: string): string {
    return this.kubeadm === undefined ? name : 'apiServer.extraArgs';
  }
}

/** A flag by its name, which has no dashes, and a text. */
export function flagOf(name: string, value: unknown, path: string, report: Report): readonly Flag[] {
  if (name.startsWith('-')) {
    complain(report, 'api-server/flag', path, { expected: 'the name of a flag without dashes', got: name, fix: `write ${name.replace(/^-+/, '') || 'its name'}` });
    return [];
  }
  if (typeof value === 'string') return [{ name, value, path }];
  complain(report, 'api-server/flag', path, { expected: 'a text', got: value, fix: 'put it in quotation marks' });
  return [];
}
