import { AUDIT, COMMON, DIFF, EXPLAIN, FACTS, GRAPH, GUARDRAILS, SYNTH, VERIFY } from './options';
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
  1    something does not: an invalid definition, a missing fact, a workload that is not let in, a stranger who is, an error
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
  symbolon audit PATH... [options]    look for mistakes with tokens in manifests, and say the way out of each
  symbolon explain TOKENFILE|- [PATH...]   say who a token is, and which trusts would take it
  symbolon diff BEFORE AFTER          say who gains and who loses access
  symbolon graph PATH... [options]    draw who becomes whom, and what that may do
  symbolon facts [NAME=]FILE...       make clusters and facts of what the vendors' own tools print
  symbolon guardrails FILE [options]  policies by which the API server refuses what the definitions do not name
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

  explain: `Takes a token apart and says who its bearer is, for whom it is, until when, and which of the given trusts would take it.
It stays here: nothing is sent anywhere, and the token is never printed.

Usage
  symbolon explain TOKENFILE|- [PATH...] [options]

PATH is what symbolon verify takes: the clouds' documents, and manifests. The token is a file, or - for stdin.
Without --jwks its signature is not checked; without --at nothing is said of its time.

Options
${optionsOf({ ...EXPLAIN, help: COMMON.help })}
Examples
  kubectl create token checkout -n shop --audience sts.amazonaws.com | symbolon explain - cloud/
  symbolon explain token.jwt cloud/ --jwks jwks.json --at 2026-03-01T12:00:00Z

Exit codes
  0    explained, whether anybody would take it or not
  1    it is no token, or its signature is not by the given keys
  2    wrong usage, a file that cannot be read
`,

  diff: `Says who gains and who loses access between two sets of manifests and cloud-side documents.

Usage
  symbolon diff BEFORE AFTER [options]

BEFORE and AFTER are files or folders with what symbolon verify takes.

Options
${optionsOf({ ...DIFF, help: COMMON.help })}
Examples
  symbolon diff main/dist dist --cluster prod=https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE
  symbolon diff before after --definition identity.ts --format markdown > comment.md

Exit codes
  0    nobody gains or loses anything
  1    somebody does
  2    wrong usage, a file that cannot be read
  3    somewhere it cannot be decided
`,

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

Examples
  symbolon graph dist --cluster prod-blue=https://oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE > trust-map.mmd
  symbolon graph k8s cloud --definition identity.ts --format html --out trust-map.html

Exit codes
  0    drawn, whatever is in the picture: symbolon verify is there to judge it
  1    an invalid definition
  2    wrong usage, a file that cannot be read or written
`,

  facts: `Makes the clusters of a definition, and facts, of what the vendors' own tools print, so that nobody types an issuer.

Usage
  symbolon facts [NAME=]FILE... [options]

FILE is a file, a folder or - for stdin, with JSON or YAML as it is printed by
  aws eks describe-cluster              az aks show, az aks list
  gcloud container clusters describe    aliyun cs GET /clusters/ID
  kubectl get --raw /.well-known/openid-configuration    with NAME, since it does not say which cluster it is of
  gcloud projects describe              the project's number, for its clusters; with NAME, for the facts of that cluster
  az account show                       the tenant, where a cluster does not say it
  az identity show                      client id and principal id, with IDENTITY.BINDING as NAME
NAME is your own name for the cluster. Without it, its vendor's counts.

Options
${optionsOf({ ...FACTS, help: COMMON.help })}
Nothing is guessed: what nobody said is a finding, with the command that prints it. Nothing is written then.

Examples
  aws eks describe-cluster --name prod | symbolon facts -
  symbolon facts eks.json blue=aks.json --out clusters.yaml
  symbolon facts aks.json checkout.azure=identity.json --out clusters.yaml --facts facts.json

Exit codes
  0    everything is there
  1    something is missing, contradicts itself or is nothing that is known here
  2    wrong usage, a file that cannot be read or written
`,

  guardrails: `Writes ValidatingAdmissionPolicies: in the namespaces of the definitions the API server then refuses pods of other
service accounts, tokens for other audiences or of longer lives, and Secrets with tokens that never expire.

Usage
  symbolon guardrails FILE [options]

FILE is what symbolon synth takes: a definition file, a module or an app. Workloads in it that would be refused are
said on stderr. The policies are for one cluster, whose administrator applies them. Kubernetes 1.30 or newer takes them.
With --for it writes a policy of a cloud's organization, which then trusts no issuers but those of the clusters.

Options
${optionsOf({ ...GUARDRAILS, help: COMMON.help })}
Examples
  symbolon guardrails identity.yaml --action Warn --action Audit | kubectl apply -f -
  symbolon guardrails identities.ts --cluster prod-blue --also mesh.yaml --out guardrails/prod-blue.yaml
  symbolon guardrails identities.ts --for organizations.ResourceControlPolicy > rcp.json

Exit codes
  0    written
  1    an invalid definition, a missing fact, options that are wrong
  2    wrong usage, a file that cannot be read or written
`,

  audit: `Looks for mistakes with workloads and their tokens in manifests alone, whoever wrote them: long-lived tokens and keys,
labels that no webhook sees, tokens that nobody mounts or that the wrong one gets. Each comes with the steps out of it.

Usage
  symbolon audit PATH... [options]

PATH is a file, a folder (its .yaml, .yml and .json files) or - for stdin, with manifests in YAML or JSON as written,
from helm template, kustomize build or kubectl get -o json. Each folder is a cluster of its own; all files that are
named one by one, with stdin, are one cluster together. What is not given is taken for made elsewhere.

Options
${optionsOf({ ...AUDIT, help: COMMON.help })}
Warnings alone do not fail it.

Examples
  symbolon audit k8s/
  helm template shop charts/shop | symbolon audit -
  kubectl get deploy,sts,ds,cronjob,sa,ns,rolebinding,clusterrolebinding -A -o json | symbolon audit - --format sarif

${EXIT_CODES}`,
};

function optionsOf(options: { readonly [name: string]: Row }): string {
  const rows = Object.entries(options).map(([name, { short, value, says }]) => [`${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`, says] as const);
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, says]) => `  ${left.padEnd(width)}  ${says}\n`).join('');
}
