/** Tells the compiler of the matchers: jest with @types/jest. For other runners see the guide. */
import type { SymbolonMatchers } from 'symbolon/testing';

declare global { namespace jest { interface Matchers<R> extends SymbolonMatchers<R> {} } }
