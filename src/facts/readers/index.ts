import { ack } from './ack';
import { aks, azureAccount } from './aks';
import { azureIdentity } from './azure-identity';
import { discovery } from './discovery';
import { eks } from './eks';
import { gcpProject, gke } from './gke';
import type { Reader } from '../reader';

/** Everything that is known here. The first that knows a document reads it. */
export const READERS: readonly Reader[] = [eks, aks, gke, ack, discovery, gcpProject, azureAccount, azureIdentity];
