import type { SymbolonMatchers } from 'symbolon/testing';

// The lines that users write, for each of the runners.
declare global { namespace jest { interface Matchers<R> extends SymbolonMatchers<R> {} } }
declare module 'expect' { interface Matchers<R extends void | Promise<void>> extends SymbolonMatchers<R> {} }
