import { PROJECT_ID } from '../../platforms/gke';

/** The form of a resource's name, as a user writes it. */
interface Form {
  readonly pattern: RegExp;
  readonly expected: string;
  readonly fix: string;
}

/** The kinds of resource that a grant can name, each with the resource name that its IAM API takes. */
export const RESOURCES = {
  project: { kind: 'cloudresourcemanager.ProjectMember', nameOf: (value: string) => `projects/${value}` },
  bucket: { kind: 'storage.BucketMember', nameOf: (value: string) => `b/${value}` },
  secret: { kind: 'secretmanager.SecretMember', nameOf: (value: string, project: string) => inProject(value, project, 'secrets') },
  topic: { kind: 'pubsub.TopicMember', nameOf: (value: string, project: string) => inProject(value, project, 'topics') },
} as const;

export type ResourceKind = keyof typeof RESOURCES;

/** https://cloud.google.com/storage/docs/buckets#naming https://cloud.google.com/secret-manager/docs/reference/rest/v1/projects.secrets/create https://cloud.google.com/pubsub/docs/pubsub-basics#resource_names */
const FORMS: { readonly [kind in ResourceKind]: Form } = {
  project: { pattern: new RegExp(`${PROJECT_ID.source}|^\\d{6,20}$`), expected: 'a project, by id', fix: 'give the id alone, without projects/' },
  bucket: {
    pattern: /^(?!goog)(?!\d+(\.\d+){3}$)(?=.{3,222}$)(?!.*[^.]{64})[a-z0-9][a-z0-9_.-]*[a-z0-9]$/,
    expected: 'the name of a bucket: 3 to 63 of the characters a-z, 0-9 and -_. (between dots), alphanumeric at both ends, no IP address and not beginning with goog',
    fix: 'give the name alone, without gs:// and without a path',
  },
  secret: {
    pattern: /^(projects\/[a-z0-9.:-]+\/secrets\/)?[\w-]{1,255}$/,
    expected: 'the name of a secret, 1 to 255 of the characters A-Z, a-z, 0-9, - and _, or projects/<project>/secrets/<name>',
    fix: 'a role is granted on a secret with all its versions: leave /versions/ out',
  },
  topic: {
    pattern: /^(projects\/[a-z0-9.:-]+\/topics\/)?(?!goog)[A-Za-z][\w.~+%-]{2,254}$/,
    expected: 'the name of a topic, 3 to 255 of the characters A-Z, a-z, 0-9 and -_.~+%, a letter first and not beginning with goog, or projects/<project>/topics/<name>',
    fix: 'find it with: gcloud pubsub topics list',
  },
};

/** The form that the name of a resource should have had; undefined where it has it. */
export function missedForm(kind: ResourceKind, name: string): Form | undefined {
  return FORMS[kind].pattern.test(name) ? undefined : FORMS[kind];
}

function inProject(value: string, project: string, collection: string): string {
  return value.startsWith('projects/') ? value : `projects/${project}/${collection}/${value}`;
}
