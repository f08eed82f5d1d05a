/** An issuer that the stack computes, and that nobody takes. */
import { lateBlue } from '../support/definitions';
import { Cluster } from '../support/resources';
import { TrustAnchors } from 'symbolon/pulumi';

export const { anchors } = new TrustAnchors('prod-blue', { cluster: lateBlue, facts: { issuer: new Cluster('blue').issuer }, aws: ['111122223333'] });
