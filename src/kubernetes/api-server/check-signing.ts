import type { Flags } from './flags';
import { complain, type Report } from '../../core/issues';

const ENDPOINT = 'service-account-signing-endpoint';
const KEYS = ['service-account-signing-key-file', 'service-account-key-file'] as const;

/** Keys in files, or a signer outside: never both, and one of them. */
export function checkSigning(flags: Flags, report: Report): void {
  const endpoint = flags.last(ENDPOINT);
  if (endpoint === undefined) {
    // kubeadm gives both files.
    for (const key of flags.kubeadm === undefined ? KEYS.filter(name => flags.last(name) === undefined && !flags.isUnread(name)) : []) {
      complain(report, 'api-server/signing-key', key, { expected: 'a file with a key', fix: `the server does not start without ${key}, unless there is a ${ENDPOINT}` });
    }
  } else if (flags.kubeadm !== undefined) {
    complain(report, 'api-server/signing-both', endpoint.path, { expected: 'no external signer beside the key files that kubeadm always gives', got: endpoint.value, fix: 'extraArgs cannot take a flag away: patch the static pod (kubeadm --patches) instead' });
  } else {
    for (const flag of KEYS.flatMap(name => flags.last(name) ?? [])) {
      complain(report, 'api-server/signing-both', flag.path, { expected: `no ${flag.name} beside ${ENDPOINT}`, got: flag.value, fix: 'the server does not start with both: remove one of them' });
    }
  }
  checkJwksUri(flags, report);
}

function checkJwksUri(flags: Flags, report: Report): void {
  const given = flags.last('service-account-jwks-uri');
  if (given === undefined || given.value.startsWith('https://')) return;
  complain(report, 'api-server/jwks-uri', given.path, { expected: 'an https URL', got: given.value, fix: 'the server does not start with another one' });
}
