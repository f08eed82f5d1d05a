/**
 * Credentials on one managed identity, as they are written by hand: by itself nothing says that one waits for another.
 * With WAIT=all each waits for all before it; ONLY names those that are left.
 */
import { FederatedIdentityCredential } from '@pulumi/azure-native/managedidentity';

const { WAIT, ONLY = 'blue,green,red,grey' } = process.env;
const made: FederatedIdentityCredential[] = [];

for (const name of ONLY.split(',')) {
  made.push(new FederatedIdentityCredential(name, {
    resourceGroupName: 'identities',
    resourceName: 'shared',
    federatedIdentityCredentialResourceName: name,
    issuer: `https://oidc.example.com/${name}`,
    subject: 'system:serviceaccount:shop:checkout',
    audiences: ['api://AzureADTokenExchange'],
  }, { dependsOn: WAIT === 'all' ? [...made] : [] }));
}
