/** One of AWS's worlds: accounts, ARNs and hosts of one are nothing in another. */
interface Partition {
  /** What the names of its regions begin with. */
  readonly regions: string;
  /** What hosts in it end with; the second is that of addresses for IPv6, too. */
  readonly hosts: readonly [string, string];
}

/** By the name that stands in ARNs. https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json */
const BY_NAME: { readonly [partition: string]: Partition } = {
  'aws': { regions: '', hosts: ['amazonaws.com', 'api.aws'] },
  'aws-cn': { regions: 'cn-', hosts: ['amazonaws.com.cn', 'api.amazonwebservices.com.cn'] },
  'aws-us-gov': { regions: 'us-gov-', hosts: ['amazonaws.com', 'api.aws'] },
  'aws-iso': { regions: 'us-iso-', hosts: ['c2s.ic.gov', 'api.aws.ic.gov'] },
  'aws-iso-b': { regions: 'us-isob-', hosts: ['sc2s.sgov.gov', 'api.aws.scloud'] },
  'aws-iso-e': { regions: 'eu-isoe-', hosts: ['cloud.adc-e.uk', 'api.cloud-aws.adc-e.uk'] },
  'aws-iso-f': { regions: 'us-isof-', hosts: ['csp.hci.ic.gov', 'api.aws.hci.ic.gov'] },
  'aws-eusc': { regions: 'eusc-', hosts: ['amazonaws.eu', 'api.amazonwebservices.eu'] },
};

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export const PARTITIONS: readonly string[] = Object.keys(BY_NAME);
const APART = PARTITIONS.filter(name => name !== 'aws');

/** The form of a region: `us-west-2`, `eusc-de-east-1`. Which there are changes every year. */
export const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d+$/;

export function isRegion(text: string): boolean {
  return REGION.test(text);
}

/** The partition that a region is in, by how its name begins. */
export function partitionOf(region: string): string {
  return APART.find(name => region.startsWith(BY_NAME[name]?.regions ?? name)) ?? 'aws';
}

/** How the hosts of a region end. */
export function hostsOf(region: string): readonly [string, string] {
  return (BY_NAME[partitionOf(region)] as Partition).hosts;
}
