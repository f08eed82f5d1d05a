/** How a program logs in at Vault or OpenBao with the token that its pod has, and what the pod's variables say. */
import { readFile } from 'node:fs/promises';

// region: login
export interface Login {
  readonly token: string;
  /** Seconds. */
  readonly lifetime: number;
}

/** Reads the file for every login: the kubelet renews it, and the one of before is worth nothing soon. */
export async function login({ VAULT_ADDR, VAULT_NAMESPACE, VAULT_AUTH_PATH, VAULT_ROLE, VAULT_JWT_FILE } = process.env): Promise<Login> {
  const jwt = await readFile(VAULT_JWT_FILE ?? '', 'utf8');
  const response = await fetch(`${VAULT_ADDR}/v1/${VAULT_AUTH_PATH}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(VAULT_NAMESPACE !== undefined && { 'x-vault-namespace': VAULT_NAMESPACE }) },
    body: JSON.stringify({ role: VAULT_ROLE, jwt }),
  });
  if (!response.ok) throw new Error(`Vault refused the login as ${VAULT_ROLE}: ${response.status} ${await response.text()}`);
  const { auth } = await response.json() as { auth: { client_token: string; lease_duration: number } };
  return { token: auth.client_token, lifetime: auth.lease_duration };
}
// endregion
