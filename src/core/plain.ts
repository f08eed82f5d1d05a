import { complain, joinPath, type Report } from './issues';

/** Keys that would change an object's prototype instead of adding a value to it. */
const POISON = new Set(['__proto__', 'constructor', 'prototype']);

/** Deeper than any definition: what goes further is a cycle or a mistake. */
const MAX_DEPTH = 64;

/**
 * Plain data only: objects, arrays, strings, finite numbers, booleans, null. A definition is written to files,
 * frozen and compared, so a class instance, a function, a promise or a Pulumi Output has no place in it.
 *
 * Runs before the structure check, since schema libraries drop a `__proto__` key without a word.
 */
export function checkPlain(value: unknown, path: string, report: Report, depth = 0): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return true;
    case 'number':
      if (Number.isFinite(value)) return true;
      complain(report, 'data/plain', path, { expected: 'a finite number', got: String(value), fix: 'give a number' });
      return false;
    case 'object':
      break;
    default:
      complain(report, 'data/plain', path, { expected: 'plain data', got: value, fix: 'a definition holds data only, so call the function and pass what it returns' });
      return false;
  }
  if (value === null) return true;
  if (depth > MAX_DEPTH) {
    complain(report, 'data/plain', path, { expected: `data nested at most ${MAX_DEPTH} deep`, fix: 'take the cycle out' });
    return false;
  }
  if (Array.isArray(value)) {
    let good = true;
    for (let i = 0; i < value.length; i++) good = checkPlain(value[i], joinPath(path, i), report, depth + 1) && good;
    return good;
  }
  return checkPlainObject(value, path, report, depth);
}

function checkPlainObject(value: object, path: string, report: Report, depth: number): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // Another realm (a jest sandbox, a vm) has its own Object.prototype: it is the one without a prototype of its own.
  const plain = prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
  if (!plain) {
    const output = typeof (value as { apply?: unknown }).apply === 'function' || typeof (value as { then?: unknown }).then === 'function';
    complain(report, 'data/plain', path, {
      expected: 'plain data',
      got: output ? 'a value that is not known yet' : `an instance of ${(value as object).constructor.name}`,
      fix: output ? 'leave the field out and give the value as a fact (facts of the Pulumi door take Outputs)' : 'pass its plain data',
    });
    return false;
  }
  let good = true;
  for (const key of Object.keys(value)) {
    const at = joinPath(path, key);
    if (POISON.has(key)) {
      complain(report, 'data/key', at, { expected: 'a key that is data', got: key, fix: 'this name is reserved by JavaScript, so choose another' });
      good = false;
    } else {
      good = checkPlain((value as Record<string, unknown>)[key], at, report, depth + 1) && good;
    }
  }
  return good;
}

/** A frozen copy, without the keys whose value is undefined. What `skip` says yes to is kept as it is. */
export function freezeCopy<T>(value: T, skip: (value: object) => boolean = () => false): T {
  if (typeof value !== 'object' || value === null || skip(value)) return value;
  if (Array.isArray(value)) return Object.freeze(value.map(item => freezeCopy(item as unknown, skip))) as T;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const field = (value as Record<string, unknown>)[key];
    if (field !== undefined) copy[key] = freezeCopy(field, skip);
  }
  return Object.freeze(copy) as T;
}

/** Freezes in place, all the way down. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const field of Object.values(value)) deepFreeze(field as unknown);
    Object.freeze(value);
  }
  return value;
}

/** Same data, whatever the order of keys. */
export function sameData(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length
    && keys.every(key => Object.hasOwn(b, key) && sameData((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}
