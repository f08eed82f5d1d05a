/** EKS Pod Identity on clusters whose issuers nobody has asked for, with a target role that the stack makes. */
import * as pulumi from '@pulumi/pulumi';
import { common, lateBlue, lateGreen } from '../support/definitions';
import { WorkloadIdentity } from 'symbolon/pulumi';

class Account extends pulumi.CustomResource {
  declare readonly roleArn: pulumi.Output<string>;

  constructor(name: string) {
    super('test:index:Account', name, { roleArn: undefined });
  }
}

const definition = {
  ...common,
  clusters: [lateBlue, lateGreen],
  trustedBy: { aws: { mechanism: 'pod-identity' as const, inlinePolicies: { queue: { Statement: [{ Effect: 'Allow' as const, Action: 'sqs:ReceiveMessage', Resource: '*' }] } }, targetRole: { fact: 'target' } } },
};
export const symbolon = new WorkloadIdentity('checkout', { definition, trustedBy: { aws: { facts: { target: new Account('data').roleArn } } } }).facts;
