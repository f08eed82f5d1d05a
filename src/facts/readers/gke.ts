import { parsed, said, saidAt, type Form } from './text';
import { complain } from '../../core/issues';
import { workloadPoolOf } from '../../platforms/gke';
import type { Reader } from '../reader';

const SELF_LINK: Form = {
  form: /^https:\/\/container\.googleapis\.com\/v1(?:beta1)?\/projects\/([^/]+)\/(?:locations|zones|regions)\/([^/]+)\/clusters\/([^/]+)$/,
  expected: 'the link of a GKE cluster: https://container.googleapis.com/v1/projects/PROJECT/locations/LOCATION/clusters/NAME',
  fix: 'give all that gcloud container clusters describe prints',
};

/** It prints no issuer: on GKE that follows from project, location and name. https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/projects.locations.clusters */
export const gke: Reader = {
  prints: ['gcloud container clusters describe|list'],
  read(document, report) {
    const link = said(document.selfLink);
    if (link === undefined ? said(document.currentMasterVersion) === undefined : !/^https:\/\/container\.googleapis\.com\/.*\/clusters\//.test(link)) return undefined;
    const [projectId, location, clusterName] = parsed(link, 'selfLink', SELF_LINK, report) ?? [];
    if (projectId === undefined || location === undefined || clusterName === undefined) return {};
    const pool = saidAt(document, 'workloadIdentityConfig', 'workloadPool');
    const expected = workloadPoolOf({ projectId });
    if (pool !== expected) {
      complain(report, 'facts/no-workload-pool', 'workloadIdentityConfig.workloadPool', {
        expected, got: pool, fix: `without it no pod has an identity for Google Cloud; switch it on: gcloud container clusters update ${clusterName} --location ${location} --project ${projectId} --workload-pool ${expected}`,
      });
    }
    return { cluster: { name: clusterName, id: link as string, fields: { gke: { projectId, location, clusterName } } } };
  },
};

const NUMBER: Form = { form: /^(\d+)$/, expected: 'the digits of a project number, as text', fix: 'give all that gcloud projects describe prints' };

/** By the number of a project principals and pools are named. https://cloud.google.com/sdk/gcloud/reference/projects/describe */
export const gcpProject: Reader = {
  prints: ['gcloud projects describe|list'],
  read(document, report) {
    const projectId = said(document.projectId);
    if (projectId === undefined || !Object.hasOwn(document, 'projectNumber')) return undefined;
    const [projectNumber] = parsed(document.projectNumber, 'projectNumber', NUMBER, report) ?? [];
    if (projectNumber === undefined) return {};
    return {
      about: `the project ${projectId}`,
      completes: fields => (fields.gke?.projectId === projectId ? { ...fields, gke: { ...fields.gke, projectNumber } } : undefined),
      clusterFacts: { projectNumber },
    };
  },
};
