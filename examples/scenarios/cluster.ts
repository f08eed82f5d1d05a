/** The cluster that all scenarios run in. No cloud is needed for any of them. */
import { defineCluster } from 'symbolon';

export const prod = defineCluster({ name: 'prod', issuer: 'https://oidc.prod.example.com' });
