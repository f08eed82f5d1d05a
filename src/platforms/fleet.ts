import type { FleetInput } from './cluster';
import { PROJECT_NUMBER } from './gcp-pool';
import { PROJECT_ID } from './gke';
import { complain, type Report } from '../core/issues';

/** The issuer under which the pool of a fleet knows one of its members. https://cloud.google.com/kubernetes-engine/fleet-management/docs/use-workload-identity */
export function membershipOf({ hostProjectId, location = 'global', membership }: FleetInput): string {
  return `https://gkehub.googleapis.com/projects/${hostProjectId}/locations/${location}/memberships/${membership}`;
}

export function checkFleet(fleet: FleetInput, path: string, report: Report): void {
  const wrong = (field: string, code: string, expected: string, got: unknown, fix: string): void => complain(report, `fleet/${code}`, `${path}.${field}`, { expected, got, fix });
  if (!PROJECT_ID.test(fleet.hostProjectId)) wrong('hostProjectId', 'project', 'a project id: 6 to 30 of the characters a-z, 0-9 and -, a letter first', fleet.hostProjectId, 'give the id of the fleet host project, not its number');
  if (fleet.hostProjectNumber !== undefined && !PROJECT_NUMBER.test(fleet.hostProjectNumber)) wrong('hostProjectNumber', 'project-number', 'the digits of a project number', fleet.hostProjectNumber, 'read it from: gcloud projects describe');
  if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(fleet.membership)) wrong('membership', 'membership', '1 to 63 of the characters a-z, 0-9 and -, alphanumeric at both ends', fleet.membership, 'read it from: gcloud container fleet memberships list');
  if (fleet.location !== undefined && !/^[a-z][-a-z0-9]*$/.test(fleet.location)) wrong('location', 'location', '"global", or a region such as europe-west4', fleet.location, 'leave it out for "global"');
}
