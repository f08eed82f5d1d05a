import type { SdkClientsFacts } from './facts';
import type { System } from './system';
import { PARTS } from '../parts';
import { NotToBeHad } from '../parts/part';

const SDKS = [['aws', PARTS.awsSdk], ['azure', PARTS.azureIdentity], ['gcp', PARTS.googleAuthLibrary], ['alibaba', PARTS.alicloudCredentials]] as const;

/** The SDKs that programs in pods use: nothing that runs by itself, only folders to run programs in. */
export const sdkClients: System<'sdkClients'> = {
  name: 'sdkClients',
  start: async ({ folder, part }) => {
    const facts: { -readonly [K in keyof SdkClientsFacts]: SdkClientsFacts[K] } = { scratch: folder, jwt: folder, vault: folder };
    const missing: string[] = [];
    for (const [provider, sdk] of SDKS) {
      try {
        facts[provider] = await part(sdk);
      } catch (error) {
        // The cells of the others run all the same; the part is named in the report.
        if (!(error instanceof NotToBeHad)) throw error;
        missing.push(error.message);
      }
    }
    if (missing.length === SDKS.length) throw new NotToBeHad(missing.join('; '));
    return { facts, stop: () => Promise.resolve() };
  },
};
