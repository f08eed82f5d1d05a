/** The alerts: expressions over metrics that there are, thresholds where they were asked for, and nothing by accident. */
import { parser } from '@prometheus-io/lezer-promql';
import fc from 'fast-check';
import app from '../../examples/alerts/app';
import { ALERT_NAMES, THRESHOLDS } from '../../src/kubernetes/alerts/rules';
import { SENTENCE } from '../support/definitions';
import { alertRules, isSymbolonError, prometheusRule, type AlertOptions, type AlertRule, type InvalidDefinitionError, type PrometheusRuleMetadata } from 'symbolon';

/** What kube-apiserver has that is about service account tokens; asked of a real one by npm run conformance. */
const METRICS = [
  'serviceaccount_legacy_tokens_total', 'serviceaccount_stale_tokens_total', 'serviceaccount_invalid_legacy_auto_token_uses_total',
  'apiserver_request_total', 'apiserver_request_duration_seconds_bucket',
  'apiserver_externaljwt_sign_request_total', 'apiserver_externaljwt_fetch_keys_success_timestamp',
];

const rulesOf = (options?: AlertOptions): readonly AlertRule[] => alertRules(options).groups.flatMap(({ rules }) => rules);
const exprOf = (alert: string): string | undefined => rulesOf().find(rule => rule.alert === alert)?.expr;

/** Labels that the expressions, or Prometheus, have for themselves. */
const TAKEN = ['code', 'le', 'resource', 'subresource', 'verb'];
const labelArb = fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/).filter(name => !name.startsWith('__') && !TAKEN.includes(name));
const optionsArb: fc.Arbitrary<AlertOptions> = fc.record({
  selector: fc.dictionary(labelArb, fc.string({ unit: 'binary', maxLength: 8 }), { maxKeys: 3 }),
  by: fc.uniqueArray(labelArb, { maxLength: 3 }),
  externalSigner: fc.boolean(),
  failedRatio: fc.double({ min: 1e-9, max: 1, noNaN: true }),
  requestsPerSecond: fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
  except: fc.subarray([...ALERT_NAMES]),
}, { requiredKeys: [] });

test('every metric is one that kube-apiserver has, and every one of the list is used', () => {
  const used = rulesOf({ externalSigner: true }).flatMap(({ expr }) => expr.match(/\b(serviceaccount|apiserver|kubelet|kube|container)_\w+/g) ?? []);
  expect([...new Set(used)].sort()).toEqual([...METRICS].sort());
  expect(used).not.toContain('serviceaccount_token_requests_total');
});

test('every alert says what is the matter, how long it has to last, how bad it is and what to do', () => {
  for (const { alert, for: patience, labels, annotations } of rulesOf({ externalSigner: true })) {
    expect(alert).toMatch(/^[A-Z]\w+$/);
    expect(patience).toMatch(/^\d+m$/);
    expect(['critical', 'warning', 'info']).toContain(labels.severity);
    expect(Object.keys(annotations)).toEqual(['summary', 'description', 'runbook']);
    // Prometheus fills in templates; what it cannot fill in stops the rule.
    for (const text of Object.values(annotations)) expect(text.replace(/\{\{ \$value \| humanize(Percentage|Duration)? \}\}/g, '')).toMatch(/^[^{}$]{20,}\.$/);
  }
  expect(rulesOf({ externalSigner: true }).map(({ alert }) => alert)).toEqual(ALERT_NAMES);
});

test('the signer outside has its alerts only where there is one', () => {
  expect(rulesOf().filter(({ expr }) => expr.includes('externaljwt'))).toEqual([]);
  expect(rulesOf({ externalSigner: true }).filter(({ expr }) => expr.includes('externaljwt'))).toHaveLength(2);
});

test('a threshold is where it was asked for, and nowhere else', () => {
  const nameArb = fc.constantFrom(...Object.keys(THRESHOLDS) as (keyof typeof THRESHOLDS)[]);
  fc.assert(fc.property(nameArb, fc.double({ min: 0.001, max: 0.999, noNaN: true }), (name, value) => {
    const [before, after] = [rulesOf({ externalSigner: true }), rulesOf({ externalSigner: true, [name]: value })];
    const changed = after.filter(({ expr }, i) => expr !== before[i]?.expr);
    fc.pre(value !== THRESHOLDS[name]);
    expect(changed.map(({ expr }) => expr.endsWith(` > ${value}`))).toEqual([true]);
  }));
});

test('selector and labels to be kept are in every expression; labels, runbooks and exceptions as they were asked for', () => {
  for (const { expr } of rulesOf({ externalSigner: true, selector: { job: 'apiserver' }, by: ['cluster'] })) {
    for (const [name] of expr.matchAll(/\b(serviceaccount|apiserver)_\w+/g)) expect(expr).toContain(`${name}{job="apiserver"`);
    expect(expr.match(/\b(sum|min)\b/g)).toHaveLength(expr.match(/\b(sum|min) by \(cluster(, le)?\) /g)?.length ?? 0);
  }
  expect(exprOf('LegacyServiceAccountTokenUsed')).toBe('sum(increase(serviceaccount_legacy_tokens_total[1h])) > 0');
  const [rule] = rulesOf({ labels: { team: 'platform' }, runbookUrl: 'https://wiki.example.com/tokens' });
  expect(rule?.labels).toEqual({ severity: 'warning', team: 'platform' });
  expect(rule?.annotations.runbook_url).toBe('https://wiki.example.com/tokens#legacyserviceaccounttokenused');
  expect(alertRules({ except: ALERT_NAMES, externalSigner: true })).toEqual({ groups: [] });
});

test('whatever the options are, the expressions are PromQL, as the parser of Prometheus\' own web interface has it', () => {
  const parse = (expr: string): string => parser.parse(expr).toString();
  expect(parse('sum(rate(a[5m)')).toContain('⚠');
  fc.assert(fc.property(optionsArb, options => {
    for (const { expr } of rulesOf(options)) expect({ expr, tree: parse(expr) }).toEqual({ expr, tree: expect.not.stringContaining('⚠') as string });
  }));
});

test('the same options give the same bytes, and nothing in them is left undefined', () => {
  fc.assert(fc.property(optionsArb, options => {
    const rules = alertRules(options);
    expect(JSON.stringify(alertRules(options))).toBe(JSON.stringify(rules));
    for (const { expr, alert } of rules.groups.flatMap(group => group.rules)) {
      expect(expr).not.toMatch(/undefined|NaN|Infinity/);
      expect(options.except ?? []).not.toContain(alert);
    }
  }));
});

test.each<[string, unknown, string]>([
  ['a ratio above 1', { failedRatio: 5 }, 'alerts/threshold failedRatio'],
  ['a ratio of 0', { refusedRatio: 0 }, 'alerts/threshold refusedRatio'],
  ['a negative amount', { slowSeconds: -1 }, 'alerts/threshold slowSeconds'],
  ['an amount without end', { requestsPerSecond: Infinity }, 'alerts/threshold requestsPerSecond'],
  ['an amount that is a text', { keysOldSeconds: '60' }, 'alerts/threshold keysOldSeconds'],
  ['a label with a dash', { selector: { 'kube-job': 'a' } }, 'alerts/label selector.kube-job'],
  ['a label that is a number', { selector: { job: 1 } }, 'alerts/label selector.job'],
  ['a label to be kept with a blank', { by: ['a b'] }, 'alerts/label by[0]'],
  ['a severity for all', { labels: { severity: 'page' } }, 'alerts/severity labels.severity'],
  ['a runbook with a fragment', { runbookUrl: 'https://wiki.example.com/#a' }, 'alerts/runbook-url runbookUrl'],
  ['a runbook with http', { runbookUrl: 'http://wiki.example.com' }, 'alerts/runbook-url runbookUrl'],
  ['a runbook that is a template', { runbookUrl: 'https://wiki.example.com/{{' }, 'alerts/runbook-url runbookUrl'],
  ['an exception that is no alert', { except: ['HighTokenRequestRate'] }, 'alerts/name except[0]'],
  ['an exception that is no text', { except: [1] }, 'alerts/name except[0]'],
  ['the name of the metric, chosen twice', { selector: { __name__: 'up' } }, 'alerts/reserved-label selector.__name__'],
  ['the name of the metric as a label, which keeps Prometheus from loading the rule', { labels: { __name__: 'up' } }, 'alerts/reserved-label labels.__name__'],
  ['a label that Prometheus drops', { by: ['__replica__'] }, 'alerts/reserved-label by[0]'],
  ['the name of the alert as a label, which Prometheus overrides', { labels: { alertname: 'mine' } }, 'alerts/reserved-label labels.alertname'],
  ['the state of the alert as a label, which Prometheus overrides', { labels: { alertstate: 'firing' } }, 'alerts/reserved-label labels.alertstate'],
  ['a key that is not known', { threshold: 1 }, 'structure/unknown-key threshold'],
  ['a text where a list belongs', { by: 'cluster' }, 'structure/type by'],
  ['a number among the labels to be kept', { by: [1] }, 'structure/type by[0]'],
  ['a list where a map belongs', { selector: ['job'] }, 'structure/type selector'],
  ['a text for a choice', { externalSigner: 'yes' }, 'structure/type externalSigner'],
  ['options that are none', null, 'structure/type '],
])('%s is refused', (_what, options, finding) => {
  expect(refusalsOf(() => alertRules(options as AlertOptions))).toEqual([finding]);
});

test.each(TAKEN)('the label %s, which the expressions use, is neither chosen nor kept', label => {
  expect(refusalsOf(() => alertRules({ selector: { [label]: 'x' } }))).toEqual([`alerts/own-label selector.${label}`]);
  expect(refusalsOf(() => alertRules({ by: [label] }))).toEqual(['alerts/own-label by[0]']);
});

test('the labels that are refused are all those that the expressions match or sum by', () => {
  const matched = rulesOf({ externalSigner: true }).flatMap(({ expr }) => [...expr.matchAll(/[{,(]\s*(\w+)(?:=|!=|=~|!~)"|by \((\w+)\)/g)].map(([, chosen, kept]) => chosen ?? kept));
  expect([...new Set(matched)].sort()).toEqual(TAKEN);
});

test.each<[string, unknown, readonly string[]]>([
  ['nothing', undefined, ['structure/type metadata']],
  ['a text', 'tokens', ['structure/type metadata']],
  ['no name', {}, ['structure/required metadata.name']],
  ['a name and a namespace that Kubernetes does not take', { name: 'Token_alerts', namespace: 'a.b' }, ['name/dns-subdomain metadata.name', 'name/dns-label metadata.namespace']],
  ['labels that Kubernetes does not take', { name: 'a', labels: { 'a b': 'c', 'd': 'e f' } }, ['metadata/label-key metadata.labels["a b"]', 'metadata/label-value metadata.labels.d']],
  ['labels that are no texts', { name: 'a', labels: { release: true } }, ['structure/type metadata.labels.release']],
  ['a field that is put elsewhere', { name: 'a', annotations: {} }, ['structure/unknown-key metadata.annotations']],
])('an object for the operator with %s is refused', (_what, metadata, findings) => {
  expect(refusalsOf(() => prometheusRule(metadata as PrometheusRuleMetadata))).toEqual(findings);
  // What is wrong with the options is said in the same breath.
  expect(refusalsOf(() => prometheusRule(metadata as PrometheusRuleMetadata, { failedRatio: 2 }))).toEqual([...findings, 'alerts/threshold failedRatio']);
});

/** What was refused: each finding with its place, and in whole sentences. */
function refusalsOf(make: () => unknown): readonly string[] {
  try {
    make();
  } catch (error) {
    if (!isSymbolonError(error)) throw error;
    const { issues } = error as InvalidDefinitionError;
    for (const { path, message } of issues) expect(path === '' ? `options: ${message}` : message).toMatch(SENTENCE);
    return issues.map(({ code, path }) => `${code} ${path}`);
  }
  throw new Error('nothing was refused');
}

test('the object for the operator holds the rules, and its name is where it belongs', () => {
  expect(prometheusRule({ name: 'tokens' })).toEqual({ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'tokens' }, spec: alertRules() });
  const metadata = { name: 'tokens', namespace: 'monitoring', labels: { release: 'a' } };
  expect(prometheusRule(metadata, { failedRatio: 0.5 })).toMatchObject({ metadata, spec: alertRules({ failedRatio: 0.5 }) });
});

test('the example: an ApiObject of cdk8s', () => {
  expect(app.synthYaml()).toMatchSnapshot();
});
