import { allow, type PolicyDocument } from './aws-policy';
import type { Issuers } from './issuers';
import { Refused, json, type Decision, type Reply, type ServiceRequest } from './service';
import type { RenderedTrust } from './trust';

interface Association {
  readonly clusterName: string;
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;
  readonly targetRoleArn?: string;
  readonly disableSessionTags?: boolean;
}

/** What the agent of a node knows: the cluster, and whose tokens its API server signs. */
export interface AgentContext {
  /** Undefined where the cluster is none of EKS. */
  readonly clusterArn: string | undefined;
  readonly issuer: string;
}

const AUDIENCE = 'pods.eks.amazonaws.com';

/**
 * The agent of EKS Pod Identity and the service behind it: the token says who the pod is, the association which role that is, and the
 * role is assumed with the tags of the session. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-how-it-works.html
 */
export async function answerOfAgent(
  { method, url, headers }: ServiceRequest, { clusterArn, issuer }: AgentContext, issuers: Issuers, trust: RenderedTrust, decide: (decision: Decision) => void,
): Promise<Reply> {
  if (method !== 'GET' || url.pathname !== '/v1/credentials') return json(404, { error: url.pathname });
  const token = headers.authorization;
  // A refused SDK asks once more in an older way, which brings no token.
  if (token === undefined) return json(400, { message: 'Service account token cannot be empty' });
  try {
    const claims = issuers.read(token);
    const associations = trust.of<Association>('eks.PodIdentityAssociation').filter(({ name }) => clusterArn !== undefined && name.startsWith(`${clusterArn} `));
    if (clusterArn === undefined || claims.issuer !== issuer || associations.length === 0) throw new Refused('issuer', `${clusterArn ?? 'this cluster'} has no associations`);
    await issuers.verify(token);
    if (!claims.audiences.includes(AUDIENCE)) throw new Refused('audience', 'the token is for somebody else');
    const [, , namespace = '', serviceAccount = ''] = claims.subject.split(':');
    const found = associations.find(({ request }) => clusterArn.endsWith(`:cluster/${request.clusterName}`) && request.namespace === namespace && request.serviceAccount === serviceAccount);
    if (found === undefined) throw new Refused('subject', `no association of ${namespace}/${serviceAccount}`);
    const { roleArn, targetRoleArn, disableSessionTags } = found.request;
    if (targetRoleArn !== undefined || disableSessionTags === true) throw new Error('an association that is not understood');
    const role = trust.of<{ readonly AssumeRolePolicyDocument: PolicyDocument }>('iam.Role').find(({ name }) => name === roleArn);
    if (role === undefined) throw new Refused('role', `there is no role ${roleArn}`);
    const keys = { 'aws:requesttag/eks-cluster-arn': clusterArn, 'aws:requesttag/kubernetes-namespace': namespace, 'aws:requesttag/kubernetes-service-account': serviceAccount };
    for (const action of ['sts:AssumeRole', 'sts:TagSession']) allow(role.request.AssumeRolePolicyDocument, { action, principal: { Service: AUDIENCE }, keys });
    decide({ service: 'aws', becomes: roleArn });
    return json(200, { AccessKeyId: 'ASIACONFORMANCE00000', SecretAccessKey: 'secret', Token: roleArn, AccountId: roleArn.split(':')[4], Expiration: new Date(Date.now() + 3_600_000).toISOString() });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    decide({ service: 'aws', refusedFor: error.because });
    return json(400, { message: error.message });
  }
}
