import { apiServer } from './api-server';
import { platforms } from './platforms';
import { sdkClients } from './sdk-clients';
import type { System } from './system';

/** Every system, in an order in which they can start. */
export const SYSTEMS: readonly System[] = [apiServer, platforms, sdkClients];
