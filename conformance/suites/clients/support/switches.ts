import type { Clouds } from '../../../systems/token-services/clouds';

/** What differs between a pod and the process that stands for it, besides the prefix of its paths: a variable, or a place. */
interface Switch {
  readonly name: string;
  readonly value: (clouds: Clouds, folder: string) => string;
  readonly why: string;
}

const CA = { name: 'NODE_EXTRA_CA_CERTS', value: ({ caFile }: Clouds) => caFile, why: 'our token services have certificates of our own' };
const FRONT = { name: 'CONFORMANCE_FRONT', value: ({ stsUrl }: Clouds) => stsUrl, why: 'where our token services are; our program hands it to a client that has no variable for it' };
const HOME = { name: 'HOME', value: (_clouds: Clouds, folder: string) => folder, why: 'that of an image, without anybody\'s profiles' };
const PATH = { name: 'PATH', value: (_clouds: Clouds, folder: string) => folder, why: 'SDKs try command lines, and those of this machine are in no image' };
const PROXY = { name: 'HTTPS_PROXY', value: ({ proxyUrl }: Clouds) => proxyUrl, why: 'leads to our token services under the names that they have in the world, and to nothing else' };

/** The whole list, by provider. Nothing is inherited from our own environment. */
export const SWITCHES: { readonly [provider in 'alibaba' | 'aws' | 'azure' | 'gcp' | 'jwt' | 'vault']: readonly Switch[] } = {
  alibaba: [FRONT, { name: 'ALIBABA_CLOUD_ECS_METADATA_DISABLED', value: () => 'true', why: 'a refused pod must not look for a machine\'s metadata' }, CA, HOME, PATH],
  aws: [
    { name: 'AWS_ENDPOINT_URL_STS', value: ({ stsUrl }) => stsUrl, why: 'STS is ours; the SDK asks no proxy' },
    { name: 'AWS_EC2_METADATA_DISABLED', value: () => 'true', why: 'a refused pod must not look for a machine\'s metadata' },
    CA,
    HOME,
    PATH,
  ],
  azure: [
    PROXY,
    CA,
    HOME,
    PATH,
  ],
  gcp: [
    PROXY,
    { name: 'NO_PROXY', value: () => '127.0.0.1', why: 'the metadata server is not behind the proxy' },
    CA,
    HOME,
    PATH,
  ],
  jwt: [FRONT, CA, HOME, PATH],
  vault: [FRONT, CA, HOME, PATH],
};

/** Another one for each node of EKS: nobody has the agent's address here. */
export const AGENT_SWITCH = { name: 'AWS_CONTAINER_CREDENTIALS_FULL_URI', from: 'http://169.254.170.23/v1/credentials', why: 'the agent of the pod\'s node' };

/** Another one for each pod. */
export const METADATA_SWITCH = { name: 'GCE_METADATA_HOST', why: 'the metadata server of the pod\'s node' };
