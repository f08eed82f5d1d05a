/** The kinds of resource that a grant can name, each with the resource name that its IAM API takes. */
export const RESOURCES = {
  project: { kind: 'cloudresourcemanager.ProjectMember', nameOf: (value: string) => `projects/${value}` },
  bucket: { kind: 'storage.BucketMember', nameOf: (value: string) => `b/${value}` },
  secret: { kind: 'secretmanager.SecretMember', nameOf: (value: string, project: string) => inProject(value, project, 'secrets') },
  topic: { kind: 'pubsub.TopicMember', nameOf: (value: string, project: string) => inProject(value, project, 'topics') },
} as const;

export type ResourceKind = keyof typeof RESOURCES;

function inProject(value: string, project: string, collection: string): string {
  return value.startsWith('projects/') ? value : `projects/${project}/${collection}/${value}`;
}
