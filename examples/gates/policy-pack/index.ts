/** A policy pack, as it stands in a folder of its own beside PulumiPolicy.yaml. */
// region: pack
import { PolicyPack } from '@pulumi/policy';
import { symbolonPolicies } from 'symbolon/policy';

const ISSUER = 'https://oidc.eks.us-west-2.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE';

new PolicyPack('symbolon', symbolonPolicies({ clusters: [{ name: 'prod-blue', issuer: ISSUER }] }));
// endregion
