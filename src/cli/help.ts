import { COMMON, GRAPH, SYNTH, VERIFY } from './options';
import type { Command } from './options';

type Topic = Extract<Command, { name: 'help' }>['topic'];

interface Row {
  readonly short?: string;
  readonly value?: string;
  readonly says: string;
}

/** The help on one topic, ready to be printed. */
export function helpOn(topic: Topic): string {
  return TOPICS[topic];
}

const EXIT_CODES = `Exit codes
  0    everything holds, and the files are written
  1    something does not: an invalid definition, a missing fact, a workload that is not let in, a stranger who is
  2    wrong usage, a file that cannot be read, a folder that cannot be written
  3    verify only: nothing is refused, but not everything could be decided
  70   a defect of symbolon itself
  130  interrupted (143: terminated); the output of before is untouched
`;

const TOPICS: { readonly [topic in Topic]: string } = {
  symbolon: `Symbolon: Kubernetes workload identity. Both halves, the manifests and the cloud trust, from one definition,
and the proof that they fit.

Usage
  symbolon synth FILE [options]       write both halves of a definition file or an app, and prove them
  symbolon verify PATH... [options]   prove manifests and cloud-side documents, whoever made them
  symbolon graph PATH... [options]    draw who becomes whom, and what that may do
  symbolon COMMAND --help             help on a command

Options
${optionsOf(COMMON)}
${EXIT_CODES}`,

  synth: `Writes both halves of a definition file or an app, and proves that they fit.

Usage
  symbolon synth FILE [options]

FILE is one of
  .yaml .yml .json          version, clusters and identities (and workloads); JSON Schema: symbolon/schema.json
  .ts .mts .cts             a module that exports what defineWorkloadIdentity or defineProjectedTokens returns, lists of it,
  .js .mjs .cjs             functions of the environment that return it, or a cdk8s App; and workloads, a list of manifests

Options
${optionsOf({ ...SYNTH, help: COMMON.help })}
Output
  DIR/kubernetes/CLUSTER/NAMESPACE.yaml     the Kubernetes half; of an app, one file for each chart
  DIR/cloud/PROVIDER/IDENTITY.json          the cloud half: requests to the cloud's API, in the order to send them
  DIR/cloud/PROVIDER/_anchors.CLUSTER.json  what the cloud needs once for a cluster, such as its OIDC provider
  DIR/patches/CLUSTER/NAMESPACE.yaml        what pods and service accounts that are made elsewhere have to carry
  DIR/patches/_no-cluster/NAME.yaml         the same for exported tokens that belong to no identity

Nothing is written unless everything holds, and then all of it at once.

Examples
  symbolon synth identity.yaml
  symbolon synth identity.ts --env production --facts facts.json
  symbolon synth app.ts --json | jq '.verdicts[] | select(.admitted | not)'

${EXIT_CODES}`,

  verify: `Proves that manifests and cloud-side documents fit, whoever made them: who is let in, who is not and why, and who else is.

Usage
  symbolon verify PATH... [options]

PATH is a file, a folder (its .yaml, .yml and .json files) or - for stdin, with
  manifests              YAML or JSON as written, from helm template, kustomize build or kubectl get -o json
  the cloud half         what the clouds' own tools print as JSON, or what symbolon synth writes
A manifest is for the cluster that a folder on its path is named after; with one cluster, for that one.

Options
${optionsOf({ ...VERIFY, help: COMMON.help })}
Examples
  symbolon verify dist --cluster prod-blue=https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE
  kubectl get deploy,sa -A -o json | symbolon verify - roles/ --definition identity.ts
  symbolon verify k8s cloud --definition identity.ts --format sarif > symbolon.sarif

${EXIT_CODES}`,

  graph: `Draws the trust map of manifests and cloud-side documents: workload, token, cloud identity, permission.

Usage
  symbolon graph PATH... [options]

PATH is what symbolon verify takes: see symbolon verify --help.

Options
${optionsOf({ ...GRAPH, help: COMMON.help })}
Formats
  mermaid    for Markdown; folded, by namespace first, before it has more than 500 edges or 50000 characters
  dot        for Graphviz, whole
  html       one page to read, search and filter, which needs nothing besides itself
  json       nodes and edges for machines

What is refused, and who gets in besides, is drawn and does not change the exit code: symbolon verify is there for that.

Examples
  symbolon graph dist --cluster prod-blue=https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE >> pull-request.md
  symbolon graph k8s cloud --definition identity.ts --format html --out trust-map.html

${EXIT_CODES}`,
};

function optionsOf(options: { readonly [name: string]: Row }): string {
  const rows = Object.entries(options).map(([name, { short, value, says }]) => [`${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`, says] as const);
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, says]) => `  ${left.padEnd(width)}  ${says}\n`).join('');
}
