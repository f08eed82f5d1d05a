import { said } from './text';
import type { SigningAlgorithm } from '../../platforms/cluster';
import type { Reader } from '../reader';

/**
 * What every API server says of its own tokens: who issues them, and how they are signed. Not which cluster it is.
 * https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/#service-account-issuer-discovery
 */
export const discovery: Reader = {
  prints: ['kubectl get --raw /.well-known/openid-configuration'],
  read(document) {
    const issuer = said(document.issuer);
    if (issuer === undefined || said(document.jwks_uri) === undefined) return undefined;
    const algorithms = document.id_token_signing_alg_values_supported;
    // What is no algorithm that a definition takes is refused by its rules, with what it takes.
    const signs = Array.isArray(algorithms) && algorithms.length > 0 ? { signingAlgorithms: algorithms as SigningAlgorithm[] } : {};
    return { cluster: { fields: { issuer, ...signs } } };
  },
};
