import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import type { Bench, Size } from '../bench';
import { processCost, processTime } from '../measure';
import { BUILT, ROOT, worker } from '../paths';
import { byHand, cluster } from '../sample';

const BIN = join(ROOT, 'lib/cli/bin.js');

/** `symbolon verify`, reading and all, beside a parser that reads the same bytes. */
export function verify({ scale }: Size): Bench {
  const [small, large] = [scale(1000), scale(10000)];
  const beside = (n: number): Bench['comparisons'][number] => ({
    name: `verify-${n}`,
    subject: { says: `symbolon verify, ${n} workloads against ${n} roles`, run: () => processCost(command(n)) },
    baseline: { says: 'the same bytes parsed by js-yaml', run: () => processCost([worker('yaml-parse'), evidenceOf(n)]) },
    ...(n >= large && { targets: { ms: 3 } }),
    verify: expectAdmitted,
  });
  return {
    comparisons: [beside(small), beside(large)],
    growth: [{ name: 'verify-growth', small: { of: `verify-${small}`, n: small }, large: { of: `verify-${large}`, n: large }, target: 1.1 }],
  };
}

function command(n: number): readonly string[] {
  return [BIN, 'verify', evidenceOf(n), '--cluster', `${cluster.name}=${cluster.issuer ?? ''}`];
}

const written = new Set<number>();

/** Both halves of n identities as YAML, since all of it has to be parsed by both sides: the manifests, and what IAM says of the roles. */
function evidenceOf(n: number): string {
  const folder = join(BUILT, `evidence-${n}`);
  if (written.has(n)) return folder;
  written.add(n);
  mkdirSync(folder, { recursive: true });
  const numbers = Array.from({ length: n }, (_, i) => i);
  writeFileSync(join(folder, 'roles.yaml'), numbers.map(i => dump(role(`app-${i}`))).join('---\n'));
  writeFileSync(join(folder, 'shop.yaml'), numbers.flatMap(i => byHand(i).map(manifest => dump(manifest))).join('---\n'));
  return folder;
}

/** What `aws iam get-role` prints. */
function role(name: string): object {
  const host = (cluster.issuer ?? '').replace('https://', '');
  const Condition = { StringEquals: { [`${host}:aud`]: 'sts.amazonaws.com', [`${host}:sub`]: `system:serviceaccount:shop:${name}` } };
  const Statement = [{ Effect: 'Allow', Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` }, Action: 'sts:AssumeRoleWithWebIdentity', Condition }];
  return { Role: { Path: '/', RoleName: name, Arn: `arn:aws:iam::111122223333:role/${name}`, AssumeRolePolicyDocument: { Version: '2012-10-17', Statement } } };
}

/** It ends well, which it does only when every workload is let in and nobody else is. */
function expectAdmitted(): void {
  processTime(command(7));
}
