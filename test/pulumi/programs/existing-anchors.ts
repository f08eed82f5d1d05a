/** Anchors that somebody else made, as a test says them. */
import { blue } from '../support/definitions';
import { TrustAnchors, type TrustAnchorsArgs } from 'symbolon/pulumi';

export const { anchors } = new TrustAnchors('prod-blue', { ...JSON.parse(process.env.ANCHORS ?? '{}') as Omit<TrustAnchorsArgs, 'cluster'>, cluster: blue });
