/** What was made here, printed by the clouds' own tools and read back, is judged as before. */
import fc from 'fast-check';
import { EVERYWHERE } from './definitions';
import { printCluster, printTrust } from './printers';
import { proofOf } from './support';
import { gather, type EvidenceDocument, type Gathered } from '../../src/evidence';
import type { Artifacts } from '../../src/proof/artifacts';
import { prove } from '../../src/proof/prove';
import type { Proof } from '../../src/proof/verdict';
import { halvesOf } from '../../src/testing/halves';
import { identitiesArbOf } from '../support/arbitraries';
import { defineWorkloadIdentity } from 'symbolon';

const LAID_OUT = identitiesArbOf({ existing: false, most: 2 });

function documentsOf({ clusters, trust }: Artifacts): readonly EvidenceDocument[] {
  const printed = [...printTrust(trust), ...clusters.flatMap(printCluster)].map((each, i): EvidenceDocument => ({ ...each, at: { file: `cloud/${i}.json`, document: 0, path: '' } }));
  const manifests = clusters.flatMap(({ name, objects }) => objects.map((value, i): EvidenceDocument => ({ value, cluster: name, at: { file: `${name}.yaml`, document: i, path: '' } })));
  return [...printed, ...manifests];
}

/** Names of documents are each tool's own. */
function meaningOf({ holds, verdicts, tokens, strangers }: Proof): object {
  const who = strangers.map(({ provider, becomes, who: each }) => [provider, becomes, each].join(' ')).sort();
  return { holds, verdicts: verdicts.map(({ by: _by, ...verdict }) => verdict), tokens, who };
}

/** Mistakes, as people make them: in requests alone, since names are what documents are found by. */
const MISTAKES: readonly (readonly [RegExp, string])[] = [
  [/system:serviceaccount:/g, 'system:serviceaccount:old-'], [/"StringEquals"/g, '"StringLike"'], [/"(sts\.amazonaws\.com|sts\.aliyuncs\.com|api:\/\/AzureADTokenExchange)"/g, '"everybody"'],
  [/("(?:issuer|issuerUri|IssuerUrl|bound_issuer|oidc:iss|iss)":"https:[^"]*[^/])"/g, '$1/"'], [/svc\.id\.goog\[/g, 'svc.id.goog[old-'], [/"bound_service_account_names":\[/g, '"bound_service_account_names":["*",'],
];

function mistaken({ clusters, trust }: Artifacts, [wrong, instead]: (typeof MISTAKES)[number]): Artifacts {
  return { clusters, trust: trust.map(document => ({ ...document, request: JSON.parse(JSON.stringify(document.request).replace(wrong, instead)) })) };
}

function readBack(halves: Artifacts): Gathered {
  const given = halves.clusters.map(({ name, workloadPool }) => ({ name, ...(workloadPool !== undefined && { workloadPool }) }));
  return gather(documentsOf(halves), given);
}

test('printed and read back, the halves of any definition are judged the same', () => {
  fc.assert(fc.property(LAID_OUT, inputs => {
    const halves = halvesOf(inputs.map(defineWorkloadIdentity));
    const gathered = readBack(halves);
    expect(gathered.gaps).toEqual([]);
    expect(meaningOf(proofOf(gathered))).toEqual(meaningOf(prove(halves)));
  }), { numRuns: 60 });
});

test('and those of every relying party by every mechanism', () => {
  const halves = halvesOf(EVERYWHERE);
  const gathered = readBack(halves);
  expect(gathered.gaps).toEqual([]);
  const proof = proofOf(gathered);
  expect(meaningOf(proof)).toEqual(meaningOf(prove(halves)));
  expect(proof).toMatchObject({ holds: true, strangers: [] });
  expect(proof.verdicts.map(({ provider, admitted }) => `${provider} ${admitted}`).sort()).toEqual(
    ['alibaba true', 'aws true', 'azure true', 'azure true', 'azure true', 'gcp true', 'gcp true', 'vault true', 'vault true']);
  // Every kind was read, so that nothing was passed over.
  const kinds = ({ trust }: Pick<Artifacts, 'trust'>): readonly string[] => [...new Set(trust.map(({ kind }) => kind))].filter(kind => !/Policy|RoleAssignment|ServicePrincipal|jwt.AuthMount/.test(kind)).sort();
  expect(kinds(gathered)).toEqual(kinds(halves));
});

test('and so are halves with a mistake: refusals and strangers are the same', () => {
  const seen = { refused: 0, strangers: 0 };
  fc.assert(fc.property(LAID_OUT, fc.constantFrom(...MISTAKES), (inputs, mistake) => {
    const halves = mistaken(halvesOf(inputs.map(defineWorkloadIdentity)), mistake);
    const proof = proofOf(readBack(halves));
    expect(meaningOf(proof)).toEqual(meaningOf(prove(halves)));
    seen.refused += proof.verdicts.filter(({ admitted, decided }) => decided && !admitted).length;
    seen.strangers += proof.strangers.length;
  }), { numRuns: 60 });
  expect(seen.refused).toBeGreaterThan(20);
  expect(seen.strangers).toBeGreaterThan(20);
});
