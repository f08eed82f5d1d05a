import { MissingPeerError } from './errors';

/** Loads an optional package, or says which one to install. `load` must hold the literal `require`. */
export function requirePeer<T>(peer: string, why: string, load: () => T): T {
  try {
    return load();
  } catch (error) {
    if (isNotInstalled(error, peer)) throw new MissingPeerError(peer, why, { cause: error });
    throw error;
  }
}

function isNotInstalled(error: unknown, peer: string): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const name = peer.replace(/(?<=.)@.*$/, '');
  return code === 'MODULE_NOT_FOUND' && String(message).split('\n')[0]?.includes(name) === true;
}
