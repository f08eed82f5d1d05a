import { Role as IamRole, RolePolicyAttachment } from '@pulumi/aws/iam';
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount';
import { Role } from '@pulumi/kubernetes/rbac/v1/role';
import { RoleBinding } from '@pulumi/kubernetes/rbac/v1/roleBinding';
import * as pulumi from '@pulumi/pulumi';
import { byHand, cluster } from '../sample';

/** A component as its author would write it who has no library for it. */
class Identity extends pulumi.ComponentResource {
  constructor(i: number) {
    const name = `app-${i}`;
    super('symbolon:bench:Identity', name);
    const issuer = cluster.issuer?.replace('https://', '') ?? '';
    const role = new IamRole(name, {
      name,
      path: '/',
      assumeRolePolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition: { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: `system:serviceaccount:shop:${name}` } },
        }],
      }),
    }, { parent: this });
    new RolePolicyAttachment(name, { role: role.name, policyArn: 'arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess' }, { parent: this });
    const [account, rules, binding] = byHand(i);
    const annotations = { ...account?.metadata.annotations, 'eks.amazonaws.com/role-arn': role.arn };
    new ServiceAccount(name, { ...account, metadata: { ...account?.metadata, annotations } } as never, { parent: this });
    new Role(name, rules as never, { parent: this });
    new RoleBinding(name, binding as never, { parent: this });
    this.registerOutputs({ role: role.arn });
  }
}

/** The same by hand. */
export function program(n: number): void {
  for (let i = 0; i < n; i++) new Identity(i);
}
