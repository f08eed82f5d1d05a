import { requirePeer } from '../../src/core/peer';
import {
  InputError, InvalidDefinitionError, InvalidFactsError, InvariantError, MissingFactError, MissingPeerError, isSymbolonError, type Issue, type SymbolonError,
} from 'symbolon';

const issue = (severity: Issue['severity']): Issue => ({ code: 'x/y', severity, path: 'a', message: `a: ${severity}` });

test.each<[SymbolonError, string, string, RegExp]>([
  [new InvalidDefinitionError('workload identity "checkout"', [issue('error'), issue('warning')]), 'ERR_INVALID_DEFINITION', 'InvalidDefinitionError', /^workload identity "checkout": 1 error\n {2}a: error \[x\/y\]\n {2}warning a: warning \[x\/y\]$/],
  [new InvalidDefinitionError('x', [issue('error'), issue('error')]), 'ERR_INVALID_DEFINITION', 'InvalidDefinitionError', /2 errors/],
  [new InvalidFactsError([issue('error')]), 'ERR_INVALID_FACTS', 'InvalidFactsError', /^facts: 1 error\n/],
  [new MissingFactError([{ name: 'trustedBy.azure.clientId of "checkout"', at: ['identities', 'checkout', 'azure', 'clientId'], how: 'is made by Azure; set it' }]), 'ERR_MISSING_FACT', 'MissingFactError', /^trustedBy\.azure\.clientId of "checkout" is made by Azure; set it \(in a facts file: identities\.checkout\.azure\.clientId\)$/],
  [new MissingPeerError('cdk8s@^2', 'symbolon/cdk8s'), 'ERR_MISSING_PEER', 'MissingPeerError', /^symbolon\/cdk8s needs the package cdk8s@\^2, which is not installed; run: npm install "cdk8s@\^2"$/],
  [new InputError('no such file'), 'ERR_INPUT', 'InputError', /^no such file$/],
  [new InvariantError('two and two are five'), 'ERR_INVARIANT', 'InvariantError', /please report it$/],
])('%s', (error, code, name, message) => {
  expect(error).toBeInstanceOf(Error);
  expect(isSymbolonError(error)).toBe(true);
  expect({ code: error.code, name: error.name }).toEqual({ code, name });
  expect(error.message).toMatch(message);
});

test('an error of somebody else is none of ours', () => {
  for (const error of [new Error('x'), { code: 'ERR_INPUT' }, undefined, null, 'ERR_INPUT']) expect(isSymbolonError(error)).toBe(false);
});

describe('an optional package', () => {
  const notFound = (name: string): Error => Object.assign(new Error(`Cannot find module '${name}'\nRequire stack:\n- /x.js`), { code: 'MODULE_NOT_FOUND' });
  const load = (error: Error) => () => requirePeer('@pulumi/aws@^7', 'the AWS half', () => {
    throw error;
  });

  test('that is there is loaded', () => {
    expect(requirePeer('cdk8s@^2', 'x', () => 42)).toBe(42);
  });

  test('that is missing, or whose deep path is, is an error that says what to install, and keeps its cause', () => {
    for (const name of ['@pulumi/aws', '@pulumi/aws/iam']) expect(load(notFound(name))).toThrow(expect.objectContaining({ code: 'ERR_MISSING_PEER', peer: '@pulumi/aws@^7', cause: expect.any(Error) as Error }));
  });

  test('that lacks a package of its own, or throws, is not called missing', () => {
    for (const error of [notFound('left-pad'), new Error('boom')]) expect(load(error)).toThrow(error);
  });
});
