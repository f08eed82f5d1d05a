/**
 * A cluster with an issuer of its own, such as k3s or Talos: what it publishes, where, and what its API server is told.
 * A Pulumi program: pulumi up
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as s3 from '@pulumi/aws/s3';
import { apiServerFlags, defineCluster, defineWorkloadIdentity } from 'symbolon';
import { PublishedIssuer, TrustAnchors, WorkloadIdentity } from 'symbolon/pulumi';

const ISSUER = 'https://oidc.edge.example.com';

// What stands before the bucket, a CDN with the issuer's host name for one, is left out here.
const bucket = new s3.Bucket('issuer', { bucket: 'oidc-edge-example-com' });
// region: publish
// On the control plane: /etc/kubernetes/pki/sa.pub
const published = new PublishedIssuer('edge', { issuer: ISSUER, keys: [readFileSync(join(__dirname, 'sa.pub'), 'utf8')], to: { s3: { bucket: bucket.bucket } } });
// endregion

const edge = defineCluster({ name: 'edge' });
const uploader = defineWorkloadIdentity({ name: 'uploader', namespace: 'media', clusters: [edge], trustedBy: { aws: { accountId: '111122223333', region: 'eu-central-1' } } });

// region: trust
// IAM reads the documents when the provider is made, so that they have to be there first.
new TrustAnchors('edge', { cluster: edge, aws: ['111122223333'], facts: { issuer: published.issuer } });
const identity = new WorkloadIdentity('uploader', { definition: uploader, on: { edge: { facts: { issuer: published.issuer } } } });
// endregion

// region: flags
/** For kubeadm; elsewhere `.args` are the flags. */
export const { kubeadm } = apiServerFlags({ issuer: ISSUER });
// endregion
export const symbolon = identity.facts;
