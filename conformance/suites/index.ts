import type { Systems } from '../systems/facts';

export interface Suite {
  /** Its folder. */
  readonly name: string;
  /** One line for the report. */
  readonly about: string;
  /** The systems that have to run. */
  readonly needs: readonly (keyof Systems)[];
  /** Systems that it uses where they can be had: what it leaves out without them, it says itself. */
  readonly uses?: readonly (keyof Systems)[];
}

/** Every suite, in the order in which they run. */
export const SUITES: readonly Suite[] = [
  { name: 'api-server', about: 'manifests, tokens and permissions, asked of a real API server', needs: ['apiServer'] },
  { name: 'webhooks', about: 'pods that the real webhooks of EKS and AKS mutate, and pods that they should leave alone', needs: ['apiServer', 'eksWebhook', 'azureWebhook'] },
  { name: 'pulumi', about: 'programs deployed by the real engine, with recording providers in the place of the clouds', needs: ['pulumi'], uses: ['apiServer'] },
  { name: 'clients', about: 'the clouds\' SDKs in the place of the pods, against token services that decide by the rendered trust', needs: ['platforms', 'sdkClients'], uses: ['apiServer', 'eksWebhook', 'azureWebhook'] },
  { name: 'aws-documents', about: 'IAM documents carried out by an IAM that parses policies (moto), and read back', needs: ['moto'] },
  { name: 'consumers', about: 'projects of users: the packed library with its oldest and its newest peers, on several versions of Node.js', needs: ['consumers'], uses: ['apiServer'] },
  { name: 'runtimes', about: 'every entry of the packed library at work: from CommonJS and ESM on every Node.js, under Bun and Deno, installed by pnpm and in workspaces', needs: ['consumers'] },
  { name: 'applications', about: 'what the guides show: programs that read tokens, APIs that accept them, alerts, and the commands of those on call', needs: [], uses: ['apiServer'] },
  { name: 'faults', about: 'the command line and this harness, killed, interrupted and refused', needs: [], uses: ['apiServer'] },
];
