import { PolicyPack } from '@pulumi/policy';
import { symbolonPolicies } from 'symbolon/policy';

/** To make one is to serve it: whether its parts fit is for the compiler to say. */
export const pack = (): PolicyPack => new PolicyPack('symbolon', symbolonPolicies({ clusters: [{ name: 'blue', issuer: 'https://oidc.example.com' }] }));
