import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../bench';
import { processTime, type Run } from '../measure';
import { BUILT, ROOT } from '../paths';

/** What a project that uses both doors imports anyway. */
const PEERS = `
import { Role } from '@pulumi/aws/iam';
import { ServiceAccount } from '@pulumi/kubernetes/core/v1/serviceAccount';
import * as pulumi from '@pulumi/pulumi';
import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';

export const chart: Construct = new Chart(new App(), 'shop');
export const role: pulumi.Output<string> = new Role('role', { assumeRolePolicy: '{}' }).arn;
export const account = new ServiceAccount('account', { metadata: { annotations: { 'eks.amazonaws.com/role-arn': role } } });
`;

const OURS = `
import { defineCluster, defineWorkloadIdentity } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/cdk8s';
import { WorkloadIdentity as CloudIdentity } from 'symbolon/pulumi';

const blue = defineCluster({ name: 'prod-blue', eks: { accountId: '111122223333', region: 'us-west-2', clusterName: 'prod-blue' } });
const checkout = defineWorkloadIdentity({ name: 'checkout', namespace: 'shop', clusters: [blue], trustedBy: { aws: {} } });
export const kubernetes = new WorkloadIdentity(chart, 'identity', { definition: checkout, cluster: blue }).handles;
export const cloud = new CloudIdentity('checkout', { definition: checkout }).facts;
`;

/** What it costs to compile against the package. */
export function typecheck(): Bench {
  return {
    comparisons: [{
      name: 'typecheck',
      subject: { says: 'tsc --noEmit of a file that uses symbolon and both doors', run: compile('consumer', PEERS + OURS) },
      baseline: { says: 'tsc --noEmit of the same file with the peers alone, by their deep paths', run: compile('peers', PEERS) },
      targets: { ms: 1.15 },
    }],
  };
}

function compile(name: string, source: string): Run {
  const folder = join(BUILT, `typecheck-${name}`);
  const lib = join(ROOT, 'lib');
  return () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'index.ts'), source);
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({
      compilerOptions: {
        target: 'ES2022',
        module: 'CommonJS',
        moduleResolution: 'node',
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        esModuleInterop: true,
        types: ['node'],
        paths: { 'symbolon': [join(lib, 'index.d.ts')], 'symbolon/*': [join(lib, '*/index.d.ts')] },
      },
      files: ['index.ts'],
    }));
    return processTime([join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder]);
  };
}
