import fc from 'fast-check';
import { apiServerFlags, checkIssuerState, issuerChange, type InvalidDefinitionError, type Issue, type IssuerState } from 'symbolon';

const [OLD, NEW] = ['https://old.example.com', 'https://new.example.com'];
const STEPS = issuerChange({ from: OLD, to: NEW });
const START: IssuerState = { signs: OLD, accepts: [OLD], published: [OLD], trusted: [OLD], held: [] };

describe('an issuer is changed', () => {
  test('without a moment in which a token does not work', () => {
    for (const { step, state } of STEPS) expect({ step, issues: checkIssuerState(state) }).toEqual({ step, issues: [] });
  });

  test('to its end: nothing of the old one is left, and everything of the new one is there', () => {
    expect(STEPS.at(-1)?.state).toEqual({ signs: NEW, accepts: [NEW], published: [NEW], trusted: [NEW], held: [] });
  });

  test('one thing at a time', () => {
    let before = START;
    for (const { step, state } of STEPS) {
      const changed = (Object.keys(state) as (keyof IssuerState)[]).filter(field => JSON.stringify(state[field]) !== JSON.stringify(before[field]));
      // Who signs, who is accepted first, and whose tokens are old, is one flag.
      expect(changed).toEqual(step === 'sign' ? ['signs', 'accepts', 'held'] : [expect.any(String)]);
      before = state;
    }
  });

  test('and in no other order', () => {
    // What each step does, carried out in any order: tokens of the old issuer are held from the moment in which it no longer signs until they were waited for.
    const effects: { readonly [step: string]: (state: IssuerState) => IssuerState } = {
      'publish': state => ({ ...state, published: [...state.published, NEW] }),
      'trust': state => ({ ...state, trusted: [...state.trusted, NEW] }),
      'sign': state => ({ ...state, signs: NEW, accepts: [NEW, ...state.accepts], held: [OLD] }),
      'wait': state => ({ ...state, held: [] }),
      'stop-accepting': state => ({ ...state, accepts: state.accepts.filter(issuer => issuer !== OLD) }),
      'stop-trusting': state => ({ ...state, trusted: state.trusted.filter(issuer => issuer !== OLD) }),
      'stop-publishing': state => ({ ...state, published: state.published.filter(issuer => issuer !== OLD) }),
    };
    const names = STEPS.map(({ step }) => step);
    const place = (order: readonly string[], step: string): number => order.indexOf(step);
    fc.assert(fc.property(fc.shuffledSubarray(names, { minLength: names.length }), order => {
      let state = START;
      const fine = order.every(step => {
        state = (effects[step] as (typeof effects)[string])(state);
        return checkIssuerState(state).length === 0;
      });
      const prepared = place(order, 'publish') < place(order, 'sign') && place(order, 'trust') < place(order, 'sign');
      const patient = ['stop-accepting', 'stop-trusting', 'stop-publishing'].every(step => place(order, 'wait') < place(order, step)) && place(order, 'sign') < place(order, 'wait');
      expect({ order, fine }).toEqual({ order, fine: prepared && patient });
    }));
  });

  test('the time to wait is what the cluster lets tokens live, a year where nobody says', () => {
    const waits = (longestTokenSeconds?: number): string => issuerChange({ from: OLD, to: NEW, ...(longestTokenSeconds !== undefined && { longestTokenSeconds }) }).find(({ step }) => step === 'wait')?.what ?? '';
    expect(waits()).toMatch(/31536000 seconds/);
    expect(waits(86400)).toMatch(/86400 seconds/);
  });
});

test.each<[string, Partial<IssuerState>, readonly string[]]>([
  ['the old issuer signs on', { accepts: [OLD, NEW] }, ['issuer/signs']],
  ['new tokens are not trusted yet', { trusted: [OLD] }, ['issuer/trusted']],
  ['old tokens are not accepted any more', { accepts: [NEW] }, ['issuer/accepts']],
  ['the old keys are gone too early', { published: [NEW] }, ['issuer/published']],
])('%s: pods are logged out, and it says by what', (_what, change, codes) => {
  const between = STEPS.find(({ step }) => step === 'sign')?.state as IssuerState;
  expect(checkIssuerState({ ...between, ...change }).map(({ code }) => code)).toEqual(codes);
});

describe('the flags of the API server', () => {
  test('the issuer that signs stands first, the earlier ones after it', () => {
    expect(apiServerFlags({ issuer: NEW, earlier: [OLD] }).args.slice(0, 2)).toEqual([`--service-account-issuer=${NEW}`, `--service-account-issuer=${OLD}`]);
  });

  test('kubeadm is told the same, as a list: a map could not hold a flag twice', () => {
    const { args, kubeadm } = apiServerFlags({ issuer: NEW, earlier: [OLD], jwksUri: `${NEW}/keys`, apiAudiences: ['a', 'b'], keyFiles: ['/a.pub', '/b.pub'] });
    expect(kubeadm.apiServer.extraArgs.map(({ name, value }) => `--${name}=${value}`)).toEqual(args);
    const wanted = [`--service-account-jwks-uri=${NEW}/keys`, '--api-audiences=a,b', '--service-account-key-file=/a.pub', '--service-account-key-file=/b.pub'];
    expect(args).toEqual(expect.arrayContaining(wanted));
  });

  test('kubeadm\'s own issuer may be an earlier one, though nobody can publish it', () => {
    expect(apiServerFlags({ issuer: NEW, earlier: ['https://kubernetes.default.svc.cluster.local', 'kubernetes/serviceaccount'] }).args).toContain('--service-account-issuer=kubernetes/serviceaccount');
  });

  test.each([
    ['an issuer that cannot be published', { issuer: 'kubernetes.default.svc' }, 'issuer/format'],
    ['the issuer among the earlier ones', { issuer: NEW, earlier: [NEW] }, 'issuer/twice'],
    ['two audiences in one', { issuer: NEW, apiAudiences: ['a,b'] }, 'issuer/api-audiences'],
    ['a key that nobody knows', { issuer: NEW, audiences: ['a'] }, 'structure/unknown-key'],
    ['a text for a list', { issuer: NEW, keyFiles: '/a.pub' as never }, 'structure/type'],
    ['no key to verify with', { issuer: NEW, keyFiles: [] }, 'issuer/key-file'],
    ['a key of one\'s own without its public half', { issuer: NEW, signingKeyFile: '/etc/kubernetes/pki/sa-2.key' }, 'issuer/key-file'],
    ['a public key to sign with', { issuer: NEW, signingKeyFile: '/x.pub', keyFiles: ['/sa.key'] }, 'issuer/key-file'],
    ['a key that is nowhere', { issuer: NEW, signingKeyFile: '' }, 'issuer/key-file'],
    ['keys at an http URL', { issuer: NEW, jwksUri: 'http://a' }, 'issuer/jwks-uri'],
  ])('%s is refused', (_what, input, code) => {
    let issues: readonly Issue[] = [];
    try {
      apiServerFlags(input);
    } catch (error) {
      ({ issues } = error as InvalidDefinitionError);
    }
    expect(issues.map(issue => issue.code)).toEqual([code]);
  });
});

test.each([
  ['the same issuer', { from: OLD, to: OLD }, ['issuer/twice to']],
  ['the same but for the slash at its end', { from: OLD, to: `${OLD}/` }, ['issuer/twice to']],
  ['an issuer that cannot be published', { from: OLD, to: 'kubernetes.default.svc' }, ['issuer/format to']],
  ['no issuer', { from: '', to: NEW }, ['issuer/format from']],
  ['a key that nobody knows', { from: OLD, to: NEW, seconds: 600 }, ['structure/unknown-key seconds']],
  ['a wait that is none', { from: OLD, to: NEW, longestTokenSeconds: NaN }, ['issuer/wait longestTokenSeconds']],
])('a change with %s is refused', (_what, change, expected) => {
  let issues: readonly Issue[] = [];
  try {
    issuerChange(change);
  } catch (error) {
    ({ issues } = error as InvalidDefinitionError);
  }
  expect(issues.map(({ code, path }) => `${code} ${path}`)).toEqual(expected);
});

test('what is no state is said to be none, field by field', () => {
  expect(checkIssuerState({ signs: OLD, accepts: OLD, published: [1], held: [], hold: [] } as never).map(({ code, path }) => `${code} ${path}`)).toEqual([
    'structure/unknown-key hold', 'structure/type accepts', 'structure/type published[0]', 'structure/required trusted',
  ]);
});
