import { jsonIn, type Habits, type Shown } from './habits';
import { fileAt } from '../../proof/files';
import { data, text, type ContainerView, type PodView } from '../../proof/pods';

const GKE = 'iam.gke.io';
const ACCOUNT = `${GKE}/gcp-service-account`;
/** Of the webhook for clusters elsewhere. https://github.com/pfnet-research/gcp-workload-identity-federation-webhook */
const WEBHOOK = 'cloud.google.com';
const FILE = 'GOOGLE_APPLICATION_CREDENTIALS';
const EMAIL = { pattern: /^[^\s@<>{}$]+@[^\s@<>{}$]+\.gserviceaccount\.com$/, expected: 'the e-mail address of a service account, such as checkout@shop-prod.iam.gserviceaccount.com' };

/** https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity */
export const gcp: Habits = {
  name: 'Google Cloud',
  keys: [
    { key: ACCOUNT, on: ['account annotation'], form: EMAIL },
    { key: `${GKE}/return-principal-id-as-email`, on: ['account annotation'] },
    { key: `${GKE}/credential-quota-project`, on: ['account annotation'] },
    { key: `${GKE}/gcp-service-account-delegates`, on: ['account annotation'] },
    { key: `${WEBHOOK}/workload-identity-provider`, on: ['account annotation'], form: { pattern: /^projects\/\d+\/locations\/global\/workloadIdentityPools\/[a-z0-9-]+\/providers\/[a-z0-9-]+$/, expected: 'projects/NUMBER/locations/global/workloadIdentityPools/POOL/providers/PROVIDER, with the number and without a slash in front' } },
    { key: `${WEBHOOK}/service-account-email`, on: ['account annotation'], form: EMAIL },
    { key: `${WEBHOOK}/audience`, on: ['account annotation'] },
    { key: `${WEBHOOK}/token-expiration`, on: ['account annotation', 'pod annotation'] },
    { key: `${WEBHOOK}/skip-containers`, on: ['pod annotation'], separator: ',' },
  ],
  dead: [],
  secrets: ['GOOGLE_CREDENTIALS', 'GOOGLE_APPLICATION_CREDENTIALS_JSON'],
  mounts: ['/var/run/secrets/sts.googleapis.com', '/var/run/secrets/workload-identity', '/var/run/secrets/gcloud'],
  keyFiles: [FILE],
  isKeyFile: (_variable, content) => jsonIn(content)?.type === 'service_account',
  hasIdentity: pod => pod.accountAnnotations[ACCOUNT] !== undefined || pod.accountAnnotations[`${WEBHOOK}/workload-identity-provider`] !== undefined,
  shows: tokenOfConfiguration,
  onHostNetwork: (pod, { env }) => (pod.accountAnnotations[ACCOUNT] === undefined || env.has(FILE)
    ? undefined
    : { why: `the metadata server of GKE does not see pods in the network of the host: this one becomes the node, and not ${pod.accountAnnotations[ACCOUNT]}`, fix: 'take out hostNetwork, or give the container a token and a credential configuration of its own' }),
};

/** The token that a credential configuration among the manifests names. https://google.aip.dev/auth/4117 */
function tokenOfConfiguration(pod: PodView, container: ContainerView): readonly Shown[] {
  const file = container.env.get(FILE);
  const found = file === undefined ? undefined : fileAt(pod, container, file);
  if (found?.kind !== 'text') return [];
  const path = text(data(jsonIn(found.text)?.credential_source).file);
  return path === undefined || !path.startsWith('/') ? [] : [{ by: `the credential configuration that ${FILE} names`, path }];
}
