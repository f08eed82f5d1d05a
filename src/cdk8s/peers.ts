import { requirePeer } from '../core/peer';

// Evaluated before anything of this door that imports the peers: a missing one is a coded error that says what to install.
/* eslint-disable @typescript-eslint/no-require-imports */
requirePeer('constructs@^10.4.0', 'symbolon/cdk8s', () => require('constructs') as unknown);
requirePeer('cdk8s@^2.70.0', 'symbolon/cdk8s', () => require('cdk8s') as unknown);
