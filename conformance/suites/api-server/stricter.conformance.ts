/**
 * Value by value, we and the API server are asked the same. What we accept, it accepts, as we render it; what we refuse
 * and it accepts is on the list of rules where we are stricter on purpose.
 */
import { Cluster } from './support/cluster';
import { PROBES, type Probe } from './support/probes';
import { STRICTER } from './support/stricter';
import { makeOf } from './support/workloads';
import { count, table } from '../support/report';
import { checkWorkloadIdentity, defineWorkloadIdentity, inject, planWorkloadIdentities, type KubernetesObject } from 'symbolon';

const cluster = new Cluster();
afterAll(() => cluster.close());

/** The codes with which we refuse it. */
function refusalOf({ input }: Probe): readonly string[] {
  return [...new Set(checkWorkloadIdentity(input).filter(issue => issue.severity === 'error').map(issue => issue.code))];
}

/** What the server says against the manifests, of which nothing is kept. */
async function objectionTo(manifests: readonly KubernetesObject[]): Promise<string | undefined> {
  for (const manifest of manifests) {
    const { status, body } = await cluster.create(manifest);
    if (status >= 300) return body.message;
  }
  return undefined;
}

function renderedOf({ input, unrendered }: Probe): readonly KubernetesObject[] {
  if (unrendered) return [];
  return planWorkloadIdentities(defineWorkloadIdentity(input)).clusters.flatMap(({ objects, injections }) => [...objects, ...injections.map(injection => inject(makeOf('Deployment', 'probe'), injection))]);
}

const shown = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text.length <= 40 ? text : `${text.slice(0, 20)}… (${text.length} characters)`;
};

const byPlace = new Map<string, Probe[]>();
for (const probe of PROBES) byPlace.set(probe.place, [...byPlace.get(probe.place) ?? [], probe]);
/** By code, the first values that we alone refuse. */
const stricter = new Map<string, string[]>();

test.each([...byPlace])('we accept nothing that the server refuses, and refuse no more than is listed: %s', async (place, probes) => {
  const unlisted: object[] = [];
  for (const probe of probes) {
    const codes = refusalOf(probe);
    const says = await objectionTo(probe.manifests);
    if (codes.length === 0) {
      const { value } = probe;
      expect({ value, says: await objectionTo(renderedOf(probe)) }).toEqual({ value, says: undefined });
      expect({ value, says }).toEqual({ value, says: undefined });
    } else if (says === undefined) {
      for (const code of codes) stricter.set(code, [...stricter.get(code) ?? [], `${place} ${shown(probe.value)}`]);
      if (!codes.some(code => Object.hasOwn(STRICTER, code))) unlisted.push({ value: shown(probe.value), codes });
    }
  }
  count('api-server', 'values asked of us and of the server', probes.length);
  expect(unlisted).toEqual([]);
});

test('no rule of the list is there without a case', () => {
  expect(Object.keys(STRICTER).filter(code => !stricter.has(code))).toEqual([]);
  table('api-server', 'Where we are stricter than the API server, on purpose', ['finding', 'why', 'such as'],
    Object.entries(STRICTER).map(([code, why]) => [`\`${code}\``, why, (stricter.get(code) ?? []).slice(0, 3).map(each => `\`${each}\``).join(', ')]));
});
