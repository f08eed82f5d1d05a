import { join } from 'node:path';
import { startGuarded } from './guard';
import type { System } from './system';
import { freePort, until } from './wait';
import { PARTS } from '../parts';

/** An AWS that keeps what it is told, and parses policies: moto's server. */
export const moto: System<'moto'> = {
  name: 'moto',
  start: async ({ folder, part }) => {
    const [python, sdk] = [await part(PARTS.moto), await part(PARTS.awsSdk)];
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const server = startGuarded(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
      log: join(folder, 'moto.log'),
      // The policies that AWS itself manages are there to be attached.
      env: { ...process.env, MOTO_IAM_LOAD_MANAGED_POLICIES: 'true' },
    });
    await until('moto', server, async () => (await fetch(`${url}/moto-api/`)).ok);
    return { facts: { url, sdk }, stop: server.stop };
  },
};
