import { fromJson, notYet, type Fields, type Row } from './resource';

/** The provider of Alibaba Cloud. https://registry.terraform.io/providers/aliyun/alicloud/latest/docs/resources/ram_role */
export const alibaba: { readonly [type: string]: Row } = {
  alicloud_ram_role: (fields, { said }) => {
    const name = fields.peek('role_name', 'name');
    const arn = arnOf(fields, said, name && `role/${name}`);
    if (arn === undefined) return notYet(`the ARN of ${fields.resource.address}, which RAM gives it`, ACCOUNT);
    const text = fields.text('assume_role_policy_document', 'document');
    const policy = fromJson(text);
    if (policy === undefined && text !== undefined) return { unsaid: [{ what: `in JSON who may assume ${fields.resource.address}`, fix: 'correct its assume_role_policy_document' }] };
    return { trust: [fields.artifact('alibaba', 'ram.Role', arn, { RoleName: name, AssumeRolePolicyDocument: policy }, arn)] };
  },

  alicloud_ram_role_policy_attachment: fields => {
    const [role, policy, type] = [fields.peek('role_name'), fields.peek('policy_name'), fields.peek('policy_type')];
    if (role === undefined || policy === undefined || type === undefined) return {};
    return { trust: [fields.artifact('alibaba', 'ram.RolePolicyAttachment', `${role} ${type} ${policy}`, { RoleName: role, PolicyName: policy, PolicyType: type })] };
  },

  alicloud_ims_oidc_provider: (fields, { said }) => {
    const name = fields.peek('oidc_provider_name');
    const arn = arnOf(fields, said, name && `oidc-provider/${name}`);
    if (arn === undefined) return notYet(`the ARN of ${fields.resource.address}, which RAM gives it`, ACCOUNT);
    return { trust: [fields.artifact('alibaba', 'ims.OIDCProvider', arn, { OIDCProviderName: name, IssuerUrl: fields.text('issuer_url'), ClientIds: fields.texts('client_ids') })] };
  },
};

const ACCOUNT = '1234567890123456';

function arnOf(fields: Fields, said: readonly string[], rest: string | undefined): string | undefined {
  const arn = fields.peek('arn');
  if (arn !== undefined) return arn;
  const account = said.find(word => /^\d{16}$/.test(word));
  return account === undefined || rest === undefined || rest === '' ? undefined : `acs:ram::${account}:${rest}`;
}
