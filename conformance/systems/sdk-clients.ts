import type { SdkClientsFacts } from './facts';
import type { System } from './system';
import { PARTS } from '../parts';
import { NotToBeHad } from '../parts/part';

/** The SDKs that programs in pods use: nothing that runs by itself, only folders to run programs in. */
export const sdkClients: System<'sdkClients'> = {
  name: 'sdkClients',
  start: async ({ folder, part }) => {
    const facts: { -readonly [K in keyof SdkClientsFacts]: SdkClientsFacts[K] } = { scratch: folder };
    for (const [provider, sdk] of [['aws', PARTS.awsSdk], ['azure', PARTS.azureIdentity], ['gcp', PARTS.googleAuthLibrary]] as const) {
      try {
        facts[provider] = await part(sdk);
      } catch (error) {
        // The cells of the others run all the same; the part is named in the report.
        if (!(error instanceof NotToBeHad)) throw error;
      }
    }
    return { facts, stop: () => Promise.resolve() };
  },
};
