import { requirePeer } from '../core/peer';

// Evaluated before anything of this door that imports the peer: a missing one is a coded error that says what to install.
// The clouds' packages and @pulumi/kubernetes are asked for by those who need them.
// eslint-disable-next-line @typescript-eslint/no-require-imports
requirePeer('@pulumi/pulumi@^3.142.0', 'symbolon/pulumi', () => require('@pulumi/pulumi') as unknown);
