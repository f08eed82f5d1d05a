import { join } from 'node:path';
import type { ConsumersFacts } from './facts';
import type { System } from './system';
import { commandOutput } from '../parts/command';
import { CONSUMERS, consumerPart } from '../parts/consumers';
import { NotToBeHad } from '../parts/part';

const ROOT = join(__dirname, '../..');

/** The library as it would be published, and what its users have beside it: nothing that runs by itself. */
export const consumers: System<'consumers'> = {
  name: 'consumers',
  start: async ({ folder, part }) => {
    const packed = JSON.parse(await commandOutput('npm', ['pack', '--json', '--pack-destination', folder], { cwd: ROOT })) as readonly [{ readonly filename: string }];
    const folders: { -readonly [K in keyof ConsumersFacts['folders']]: string } = {};
    const missing: { [name: string]: string } = {};
    for (const name of CONSUMERS) {
      try {
        folders[name] = await part(consumerPart(name));
      } catch (error) {
        // The others run all the same; the suite says which do not.
        if (!(error instanceof NotToBeHad)) throw error;
        missing[name] = error.message;
      }
    }
    return { facts: { tarball: join(folder, packed[0].filename), folders, missing, scratch: folder }, stop: () => Promise.resolve() };
  },
};
