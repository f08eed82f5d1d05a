import { apiServer } from './api-server';
import { consumers } from './consumers';
import { moto } from './moto';
import { platforms } from './platforms';
import { pulumi } from './pulumi';
import { sdkClients } from './sdk-clients';
import type { System } from './system';
import { azureWebhook } from './webhook-azure';
import { eksWebhook } from './webhook-eks';

/** Every system, in an order in which they can start. */
export const SYSTEMS: readonly System[] = [apiServer, eksWebhook, azureWebhook, pulumi, platforms, sdkClients, moto, consumers];
