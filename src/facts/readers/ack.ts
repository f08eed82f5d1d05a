import { parsed, said, withoutIssuer, type Form } from './text';
import { complain } from '../../core/issues';
import { dataOf, isData } from '../../kubernetes/data';
import { rrsaProviderName } from '../../platforms/ack';
import type { Reader } from '../reader';

const ARN: Form = {
  form: /^acs:ram::(\d+):oidc-provider\/(.+)$/,
  expected: 'the ARN of the cluster\'s RAM OIDC provider: acs:ram::ACCOUNT:oidc-provider/NAME',
  fix: 'give all that aliyun cs GET /clusters/ID prints: the account stands nowhere else in it',
};

/**
 * Of several issuers, the first is the one of its tokens.
 * https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/developer-reference/api-cs-2015-12-15-describeclusterdetail
 */
export const ack: Reader = {
  prints: ['aliyun cs GET /clusters/ID'],
  read(document, report) {
    const { cluster_id: id, name, rrsa_config: rrsa, region_id: region } = document;
    const clusterId = said(id);
    if (clusterId === undefined || said(name) === undefined || !(isData(rrsa) || said(region) !== undefined)) return undefined;
    const { enabled, issuer: issuers, oidc_arn: arn } = dataOf(rrsa);
    const issuer = enabled === true ? said(said(issuers)?.split(',')[0]) : undefined;
    if (issuer === undefined) {
      withoutIssuer('rrsa_config', rrsa, 'it has none before RRSA is on: switch it on at the cluster\'s information page, then give what it prints', report);
      return {};
    }
    const [accountId, provider] = parsed(arn, 'rrsa_config.oidc_arn', ARN, report) ?? [];
    if (said(region) === undefined) complain(report, 'facts/form', 'region_id', { expected: 'the region of the cluster', got: region, fix: ARN.fix });
    if (accountId === undefined || said(region) === undefined) return {};
    const expected = rrsaProviderName({ clusterId });
    if (provider !== expected) complain(report, 'facts/ram-provider', 'rrsa_config.oidc_arn', { expected: `the provider ${expected}, which RRSA makes`, got: arn, fix: 'definitions know a cluster of ACK by this provider alone: write the cluster without its ack block, and name the provider in the bindings' });
    return { cluster: { name: said(name), id: clusterId, fields: { issuer, ack: { accountId, region: region as string, clusterId } } } };
  },
};
