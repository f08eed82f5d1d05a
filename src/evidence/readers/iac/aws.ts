import { fromJson, notYet, type Fields, type Made, type Row, type Surroundings } from './resource';

/** The provider of AWS. https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role */
export const aws: { readonly [type: string]: Row } = {
  aws_iam_role: (fields, { said }) => {
    const [name, path = '/'] = [fields.peek('name'), fields.peek('path')];
    const arn = arnOf(fields, said, 'iam', name && `role${path}${name}`);
    if (arn === undefined) return notYet(`the ARN of ${fields.resource.address}, which AWS gives it`, ACCOUNT);
    const text = fields.text('assume_role_policy');
    const policy = fromJson(text);
    if (policy === undefined && text !== undefined) return { unsaid: [{ what: `in JSON who may assume ${fields.resource.address}`, fix: 'correct its assume_role_policy' }] };
    return { trust: [fields.artifact('aws', 'iam.Role', arn, { RoleName: name ?? arn.replace(/^.*\//, ''), Path: path, AssumeRolePolicyDocument: policy }, arn)] };
  },

  aws_iam_openid_connect_provider: (fields, { said }) => {
    const url = fields.peek('url');
    const arn = arnOf(fields, said, 'iam', url && `oidc-provider/${url.replace(/^https:\/\//, '')}`);
    if (arn === undefined) return notYet(`the ARN of ${fields.resource.address}, which AWS gives it`, ACCOUNT);
    return { trust: [fields.artifact('aws', 'iam.OpenIDConnectProvider', arn, { Url: url, ClientIDList: fields.texts('client_id_list') })] };
  },

  aws_eks_pod_identity_association: association,

  aws_iam_role_policy_attachment: fields => {
    const [role, policy] = [fields.text('role'), fields.text('policy_arn')];
    return role === undefined || policy === undefined ? {} : { trust: [fields.artifact('aws', 'iam.RolePolicyAttachment', `${role} ${policy}`, { RoleName: role, PolicyArn: policy })] };
  },

  aws_iam_role_policy: fields => {
    const [role, name, document] = [fields.text('role'), fields.text('name'), fromJson(fields.text('policy'))];
    return role === undefined || name === undefined || document === undefined ? {} : { trust: [fields.artifact('aws', 'iam.RolePolicy', `${role} ${name}`, { RoleName: role, PolicyName: name, PolicyDocument: document })] };
  },
};

const ACCOUNT = '111122223333';

/** Its own ARN says where the cluster is; before it is made, region and account do. */
function association(fields: Fields, { said }: Surroundings): Made {
  const [clusterName, namespace, serviceAccount, roleArn] = ['cluster_name', 'namespace', 'service_account', 'role_arn'].map(name => fields.text(name));
  const region = fields.peek('region');
  const home = fields.peek('association_arn');
  const arn = home ?? arnOf(fields, said, 'eks', region && clusterName && `cluster/${clusterName}`, region);
  if (arn === undefined) return notYet(`the account and the region of ${fields.resource.address}`, ACCOUNT);
  const targetRoleArn = fields.text('target_role_arn');
  const untagged = fields.get('disable_session_tags');
  const request = { clusterName, namespace, serviceAccount, roleArn, targetRoleArn, ...(untagged === true && { disableSessionTags: true }) };
  const name = arn === home ? arn : `${arn} ${namespace ?? ''}/${serviceAccount ?? ''}`;
  return { trust: [fields.artifact('aws', 'eks.PodIdentityAssociation', name, request, targetRoleArn ?? roleArn)] };
}

/** The ARN as it is there; else of the account that the user names, by its number or by an ARN in it. */
function arnOf(fields: Fields, said: readonly string[], service: string, rest: string | undefined, region = ''): string | undefined {
  const arn = fields.peek('arn');
  if (arn !== undefined) return arn;
  const [, partition = 'aws', account] = said.map(word => /^(?:arn:([^:]+):[^:]*:[^:]*:)?(\d{12})(?:$|:)/.exec(word)).find(match => match !== null) ?? [];
  return account === undefined || rest === undefined || rest === '' ? undefined : `arn:${partition}:${service}:${region}:${account}:${rest}`;
}
