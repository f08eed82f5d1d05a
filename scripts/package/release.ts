/** What a release says of itself, as far as it can be checked without making one. */

/** As much of a lock file as tells what ships. */
export interface Lock {
  readonly packages: { readonly [path: string]: { readonly version: string; readonly dependencies?: { readonly [name: string]: string } } };
}

interface Component {
  readonly name: string;
  readonly group?: string;
  readonly version: string;
  readonly purl?: string;
  readonly hashes?: readonly object[];
  readonly licenses?: readonly object[];
}

/** As much of a bill of materials as is checked. https://cyclonedx.org/docs/1.5/json/ */
export interface Sbom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly metadata: { readonly component: { readonly name: string; readonly version: string } };
  readonly components: readonly Component[];
}

/** A package that is installed with this one. */
export interface Shipped {
  /** `name@version`. */
  readonly id: string;
  /** Where the lock file has it. */
  readonly path: string;
}

/** Everything that is installed with the package: its dependencies and theirs. */
export function shippedOf({ packages }: Lock, dependencies: readonly string[]): readonly Shipped[] {
  const shipped = new Map<string, Shipped>();
  const waiting = dependencies.map((name): readonly [from: string, name: string] => ['', name]);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [from, name] = next;
    // Its own copy comes before that of the root.
    const path = [`${from}node_modules/${name}`, `node_modules/${name}`].find(each => packages[each] !== undefined);
    if (path === undefined) throw new Error(`package-lock.json does not have ${name}`);
    const { version, dependencies: inner = {} } = packages[path] as Lock['packages'][string];
    if (shipped.has(path)) continue;
    shipped.set(path, { id: `${name}@${version}`, path });
    for (const each of Object.keys(inner)) waiting.push([`${path}/`, each]);
  }
  return [...shipped.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What is wrong with a bill of materials: it has to list what ships, all of it and nothing else, with where it is from and under which license. */
export function sbomFaults(sbom: Sbom, of: Sbom['metadata']['component'], shipped: readonly string[]): readonly string[] {
  const { bomFormat, specVersion, metadata, components } = sbom;
  const listed = components.map(({ group, name, version }) => `${group === undefined ? '' : `${group}/`}${name}@${version}`).sort();
  return [
    ...(bomFormat === 'CycloneDX' && specVersion.startsWith('1.') ? [] : [`the SBOM is ${bomFormat} ${specVersion}, and not CycloneDX 1`]),
    ...(metadata.component.name === of.name && metadata.component.version === of.version ? [] : [`the SBOM is of ${metadata.component.name} ${metadata.component.version}, and not of ${of.name} ${of.version}`]),
    ...shipped.filter(each => !listed.includes(each)).map(each => `the SBOM lacks ${each}, which ships`),
    ...listed.filter(each => !shipped.includes(each)).map(each => `the SBOM lists ${each}, which does not ship`),
    ...components.filter(({ purl, hashes = [], licenses = [] }) => purl === undefined || hashes.length === 0 || licenses.length === 0).map(({ name }) => `the SBOM says too little of ${name}: purl, hashes and licenses are wanted`),
  ];
}

/** What the changelog says of a version; undefined where it says nothing. */
export function notesOf(changelog: string, version: string): string | undefined {
  const lines = changelog.split('\n');
  const start = lines.findIndex(line => line === `## ${version}` || line.startsWith(`## ${version} `));
  if (start === -1) return undefined;
  const end = lines.findIndex((line, i) => i > start && line.startsWith('## '));
  const text = lines.slice(start + 1, end === -1 ? undefined : end).join('\n').trim();
  return text === '' ? undefined : `${text}\n`;
}
