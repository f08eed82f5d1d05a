/**
 * The e-mail address of a service account. Of a project that belongs to a domain (`example.com:shop`), the domain stands behind:
 * `checkout@shop.example.com.iam.gserviceaccount.com`.
 */
export function emailOf(accountId: string, projectId: string): string {
  return `${accountId}@${projectId.split(':').reverse().join('.')}.iam.gserviceaccount.com`;
}
