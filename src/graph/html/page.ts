import { SCRIPT } from './script';
import { STYLE } from './style';
import { byText, hashOf } from '../../core/names';
import { STATES, STATE_NAMES, type TrustMap, type TrustNode } from '../map';
import { pathsOf, type PathState, type TrustPath } from '../paths';
import { visible } from '../text';

const UNLINKED = { sign: '–', says: 'not linked', means: 'nobody is at one of its ends' };

/** The same for every map, so it is looked at once. */
const SIGNS: { readonly [state in PathState]: { readonly sign: string; readonly says: string; readonly means: string } } = { ...STATES, unlinked: UNLINKED };

const PATH_STATES: readonly PathState[] = [...STATE_NAMES, 'unlinked'];

/** Permissions beyond these are behind a click. */
const FEW = 3;

/**
 * The map as one page that needs nothing besides itself: a list that can be read, searched and filtered, and a picture of what is listed.
 * Without JavaScript the whole list is there.
 */
export function htmlOf(map: TrustMap): string {
  const paths = pathsOf(map);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${integrityOf(STYLE)}'; script-src '${integrityOf(SCRIPT)}'; img-src data:; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Trust map</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<header>
<a class="skip" href="#list">Skip to the list</a>
<h1>Trust map</h1>
<p>Which workload becomes which cloud identity by which token, and what that may do. Made by symbolon graph.</p>
</header>
<main>
<h2 id="filter-title">Filter</h2>
${filters(paths)}
<noscript><p>Without JavaScript the list is complete, but it cannot be filtered, and there is no picture.</p></noscript>
<p role="status" id="count">${paths.length} of ${paths.length} paths</p>
<div id="figure" class="picture" hidden>
<h2>Picture</h2>
<p id="drawn"></p>
<figure tabindex="0" role="group" aria-label="Picture of what is listed, scrollable"><svg id="picture" role="img" aria-label="Lines from workloads by their tokens to cloud identities and permissions; the list below says the same in words" aria-describedby="drawn"></svg></figure>
</div>
<h2 id="list" tabindex="-1">List</h2>
<p id="none" hidden>Nothing fits what you ask for.</p>
<div class="scroll" role="region" aria-labelledby="list" tabindex="0">
<table>
<caption>One line for each workload and cloud identity, and for everybody else who gets in; the worst first</caption>
<thead><tr><th scope="col">State</th><th scope="col">Workload</th><th scope="col">Token</th><th scope="col">Cloud identity</th><th scope="col">Permissions</th><th scope="col">Why</th></tr></thead>
<tbody>
${paths.map(rowOf).join('\n')}
</tbody>
</table>
</div>
<p id="more" hidden><button type="button" id="next">Show more</button> <button type="button" id="rest">Show all</button></p>
${looseIn(map)}</main>
<footer><p>${map.nodes.length} nodes and ${map.edges.length} edges. This page asks no server for anything.</p></footer>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function filters(paths: readonly TrustPath[]): string {
  const counts = new Map<PathState, number>();
  for (const { state } of paths) counts.set(state, (counts.get(state) ?? 0) + 1);
  const boxes = PATH_STATES.map(state => {
    const { sign, says, means } = SIGNS[state];
    return `<label class="state ${state}" title="${escaped(means)}"><input type="checkbox" name="state" value="${state}" checked> <span class="mark"><span aria-hidden="true">${sign}</span> ${says}</span> <span class="count">${counts.get(state) ?? 0}</span></label>`;
  });
  const namespaces = paths.map(({ who }) => who?.namespace);
  return `<form id="filters" role="search" aria-labelledby="filter-title" hidden>
<fieldset><legend>States</legend>${boxes.join('')}</fieldset>
<div><label for="search">Search: every word must be there</label><input type="search" id="search" autocomplete="off" spellcheck="false"></div>
${choice('provider', 'Provider', paths.map(({ identity }) => identity?.provider))}
${choice('cluster', 'Cluster', paths.map(({ who }) => who?.cluster))}
${choice('namespace', 'Namespace', namespaces)}
<button type="reset">Show everything</button>
</form>`;
}

function choice(id: string, title: string, values: readonly (string | undefined)[]): string {
  const known = [...new Set(values)].filter(value => value !== undefined).sort(byText);
  return `<div><label for="${id}">${title}</label><select id="${id}"><option value="">all</option>${known.map(value => `<option value="${escaped(value)}">${escaped(value)}</option>`).join('')}</select></div>`;
}

function rowOf({ state, who, token, identity, permissions, why }: TrustPath): string {
  const { sign, says } = SIGNS[state];
  const data = { state, provider: identity?.provider ?? '', cluster: who?.cluster ?? '', namespace: who?.namespace ?? '', who: who === undefined ? '' : '1' };
  const attributes = Object.entries(data).map(([name, value]) => ` data-${name}="${escaped(value)}"`).join('');
  const where = who?.cluster === undefined ? [] : [`in ${who.cluster}`];
  return `<tr class="${state}"${attributes}><td class="mark"><span aria-hidden="true">${sign}</span> ${says}</td>`
    + `<th scope="row">${cellOf(who, where, 'nobody')}</th><td>${cellOf(token, [], '–')}</td><td>${cellOf(identity, identity?.provider === undefined ? [] : [identity.provider], '–')}</td>`
    + `<td>${permissionsOf(permissions)}</td><td>${escaped(why)}</td></tr>`;
}

function cellOf(node: TrustNode | undefined, more: readonly string[], none: string): string {
  if (node === undefined) return none;
  return `<span data-id="${node.id}">${escaped(node.label)}</span>${[...more, ...node.notes].map(note => `<small>${escaped(note)}</small>`).join('')}`;
}

function permissionsOf(permissions: readonly TrustNode[]): string {
  if (permissions.length === 0) return 'none among the documents';
  const list = `<ul>${permissions.map(({ id, label }) => `<li data-id="${id}">${escaped(label)}</li>`).join('')}</ul>`;
  return permissions.length <= FEW ? list : `<details><summary>${permissions.length} permissions</summary>${list}</details>`;
}

function looseIn({ loose }: TrustMap): string {
  if (loose.length === 0) return '';
  return `<h2>Permissions of nobody who is known</h2>
<p>They are among the documents, and whose they are cannot be told.</p>
<ul>${loose.map(each => `<li>${escaped(each)}</li>`).join('')}</ul>
`;
}

/** What a browser knows a script or a style by: it runs this one, and no other that somebody smuggles in. https://www.w3.org/TR/CSP3/#external-hash */
function integrityOf(text: string): string {
  return `sha256-${Buffer.from(hashOf(text, 64), 'hex').toString('base64')}`;
}

/** Text in markup and in attributes with double quotes. */
export function escaped(text: string): string {
  return visible(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\'', '&#39;');
}
