import { ApiObject, App, Chart, JsonPatch, type IResolver, type ResolutionContext } from 'cdk8s';
import fc from 'fast-check';
import { everywhere, west } from './support';
import { grantArb } from '../support/grants';
import { defineWorkloadIdentity } from 'symbolon';
import { WorkloadIdentity } from 'symbolon/cdk8s';

/** What cdk8s itself makes of the same objects: anybody else's resolver switches the short way off. */
const nothing: IResolver = { resolve: () => undefined };

function chartOf(resolvers: readonly IResolver[], definition = everywhere): { readonly chart: Chart; readonly identity: WorkloadIdentity } {
  const chart = new Chart(new App({ resolvers: [...resolvers] }), 'shop', { labels: { team: 'shop' } });
  return { chart, identity: new WorkloadIdentity(chart, 'identity', { definition, cluster: definition.clusters[0]! }) };
}

// The definitions are made at random: what is warned about them is not the matter here.
beforeEach(() => void jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined));
afterEach(() => jest.restoreAllMocks());

const textOf = (chart: Chart): string => JSON.stringify(chart.toJson(), null, 1);

const objectsOf = (identity: WorkloadIdentity): ApiObject[] => identity.node.children.filter(child => ApiObject.isApiObject(child));

test('objects of an identity render to the byte as cdk8s renders them', () => {
  fc.assert(fc.property(fc.array(grantArb(['shop', 'back'], ['a', 'b']), { maxLength: 4 }), fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string({ maxLength: 9 }), { maxKeys: 3 }), (rbac, annotations) => {
    const definition = defineWorkloadIdentity({ name: 'reports', namespace: 'shop', clusters: [west], rbac, annotations });
    expect(textOf(chartOf([], definition).chart)).toBe(textOf(chartOf([nothing], definition).chart));
  }));
  expect(textOf(chartOf([]).chart)).toBe(textOf(chartOf([nothing]).chart));
});

test('what is added to them afterwards is there', () => {
  const { chart, identity } = chartOf([]);
  const [account, role] = objectsOf(identity);
  account!.metadata.addAnnotation('a', 'later');
  role!.metadata.addLabel('b', 'later');
  role!.addJsonPatch(JsonPatch.add('/rules/0/verbs/-', 'watch'));
  const [first, second] = chart.toJson() as [{ metadata: { annotations: object } }, { metadata: { labels: object }; rules: { verbs: string[] }[] }];
  expect(first.metadata.annotations).toMatchObject({ a: 'later' });
  expect(second.metadata.labels).toMatchObject({ b: 'later', team: 'shop' });
  expect(second.rules[0]!.verbs).toContain('watch');
});

test('a resolver of the user sees their values', () => {
  const seen: unknown[] = [];
  const { chart } = chartOf([{ resolve: ({ value }: ResolutionContext) => void seen.push(value) }]);
  chart.toJson();
  expect(seen).toEqual(expect.arrayContaining(['rbac.authorization.k8s.io', 'pods']));
});

test('who switches the sorting of keys off gets the order that cdk8s gives', () => {
  process.env.CDK8S_DISABLE_SORT = '1';
  try {
    expect(textOf(chartOf([]).chart)).toBe(textOf(chartOf([nothing]).chart));
  } finally {
    delete process.env.CDK8S_DISABLE_SORT;
  }
});
