import { hashOf, isDnsLabel } from '../../core/names';
import { tokenVolume } from '../../kubernetes/projected-token';
import type { PodSide } from '../provider';
import type { JwtEdge } from './settings';

const FILE = 'token';

/** The token, and the path of its file. Whom it is for, the application knows. */
export function podSideOf({ binding, injection, settings }: JwtEdge): PodSide {
  if (injection !== 'explicit') return {};
  const { audience, expirationSeconds, mountPath, env, skipContainers } = settings;
  const name = volumeName(binding);
  const reach = skipContainers === undefined ? {} : { skipContainers };
  return {
    injection: {
      volumes: [tokenVolume(name, { audience, expirationSeconds, path: FILE })],
      mounts: [{ name, mountPath, readOnly: true, ...reach }],
      env: [{ name: env, value: `${mountPath.replace(/\/$/, '')}/${FILE}`, ...reach }],
    },
  };
}

/** A volume's name is a DNS label, and a key may be none. */
function volumeName(binding: string): string {
  const name = `token-${binding}`;
  return isDnsLabel(name) ? name : `token-${hashOf(binding, 12)}`;
}
