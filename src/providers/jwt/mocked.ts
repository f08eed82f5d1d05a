import type { MockedProvider } from '../mocked';

/** No cloud makes anything of it: programs show its documents themselves. */
export const jwt: MockedProvider<object> = { place: {}, types: {} };
