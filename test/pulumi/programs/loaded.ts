/** Which of Pulumi's packages are loaded: by importing the door, and by a definition. */
import * as definitions from '../support/definitions';
import { WorkloadIdentity } from 'symbolon/pulumi';

const loaded = (): readonly string[] => [...new Set(Object.keys(require.cache).flatMap(file => /@pulumi\/([^/]+)\//.exec(file)?.[1] ?? []))].sort();

export const byTheDoor = loaded();

new WorkloadIdentity('checkout', { definition: definitions[process.env.DEFINITION as 'onEks'], halves: process.env.HALVES as 'cloud' });

export const byTheDefinition = loaded();
