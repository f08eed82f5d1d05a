// region: check
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { checkApiServerFlags, type KubeadmClusterConfiguration } from 'symbolon';

const file = process.argv[2] ?? 'examples/cluster-flags/kubeadm.yaml';
const issues = checkApiServerFlags(load(readFileSync(file, 'utf8')) as KubeadmClusterConfiguration);
for (const { severity, code, message } of issues) console.log(`${severity} ${message} [${code}]`);
if (issues.some(({ severity }) => severity === 'error')) process.exitCode = 1;
// endregion
