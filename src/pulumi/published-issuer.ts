import * as pulumi from '@pulumi/pulumi';
import { InvalidArgsError } from './invalid-args';
import type { Publish } from './issuer-store';
import { Findings, complain } from '../core/issues';
import { fits, readShape, type Shape } from '../core/shape';
import { issuerDocuments } from '../issuer';
import type { IssuerInput } from '../issuer/input';
import { publishToS3, type S3Store } from '../providers/aws/publish';
import { publishToBlob, type BlobStore } from '../providers/azure/publish';
import { publishToGcs, type GcsStore } from '../providers/gcp/publish';

/** Where an issuer's documents can be published. */
export interface IssuerStores {
  readonly s3?: S3Store;
  readonly blob?: BlobStore;
  readonly gcs?: GcsStore;
}

/** What a {@link PublishedIssuer} is made from. */
export interface PublishedIssuerArgs extends IssuerInput {
  /** The store: exactly one. It has to be readable by everybody, at the address that the issuer is. */
  readonly to: IssuerStores;
  /**
   * What stands before the names of the files in the store, without slashes at its ends.
   * @default the path of the issuer. Where the bucket's name stands in that path, as in `https://storage.googleapis.com/<bucket>/prod`, say what comes after it
   */
  readonly prefix?: string;
}

const STORES: { readonly [store in keyof IssuerStores]-?: Publish<never> } = { s3: publishToS3, blob: publishToBlob, gcs: publishToGcs };

/**
 * The documents of an issuer of your own, where clouds can read them: the keys first, then the document that names them.
 *
 * ```ts
 * new PublishedIssuer('edge', { issuer: 'https://oidc.edge.example.com', keys: [readFileSync('sa.pub', 'utf8')], to: { s3: { bucket: bucket.bucket } } });
 * ```
 */
export class PublishedIssuer extends pulumi.ComponentResource {
  /** The issuer, as soon as its documents are there: a fact for identities that need them. */
  readonly issuer: pulumi.Output<string>;

  /**
   * @throws InvalidDefinitionError with everything that is wrong with the issuer or its keys
   * @throws InvalidArgsError when not exactly one store is named, or a prefix begins or ends with a slash
   * @throws MissingPeerError when the SDK of the store is not installed
   */
  constructor(name: string, args: PublishedIssuerArgs, opts?: pulumi.ComponentResourceOptions) {
    const { files, warnings } = issuerDocuments(inputOf(args));
    const { publish, store, prefix } = prepare(name, args);
    super('symbolon:index:PublishedIssuer', name, {}, opts);
    const made: pulumi.Resource[] = [];
    for (const file of [...files].reverse()) {
      const key = [prefix, file.path].filter(part => part !== '').join('/');
      made.push(publish({ name: `${name}/${file.path}`, file, key, store: store as never, options: { parent: this, dependsOn: [...made] } }));
    }
    this.issuer = pulumi.all(made.map(({ urn }) => urn)).apply(() => args.issuer);
    for (const { code, message } of warnings) void pulumi.log.warn(`${message} [${code}]`, this);
    this.registerOutputs({ issuer: this.issuer });
  }
}

/** The fields of the issuer alone. What has no fields is for its own check to refuse. */
function inputOf(args: PublishedIssuerArgs): IssuerInput {
  if (typeof args !== 'object' || args === null || Array.isArray(args)) return args;
  const { to: _to, prefix: _prefix, ...input } = args;
  return input;
}

const TO: Shape<IssuerStores> = { s3: 'map?', blob: 'map?', gcs: 'map?' };

function prepare(name: string, { to, issuer, prefix = new URL(issuer).pathname.replace(/^\/|\/$/g, '') }: PublishedIssuerArgs) {
  const findings = new Findings();
  const given = readShape(to ?? {}, TO, 'to', findings.report);
  const chosen = (Object.keys(STORES) as (keyof IssuerStores)[]).filter(store => given[store] !== undefined);
  if (findings.errors.length === 0 && chosen.length !== 1) {
    complain(findings.report, 'args/store', 'to', { expected: `exactly one of ${Object.keys(STORES).join(', ')}`, got: Object.keys(given), fix: 'an issuer is one address, so its documents are in one place' });
  }
  if (fits(prefix, 'text', 'prefix', findings.report) && /^\/|\/$/.test(prefix)) {
    complain(findings.report, 'args/prefix', 'prefix', { expected: 'no slash at its ends', got: prefix, fix: 'take it out: one is put before the names of the files' });
  }
  if (findings.errors.length > 0) throw new InvalidArgsError(`issuer ${JSON.stringify(name)}`, findings.errors);
  const store = chosen[0] as keyof IssuerStores;
  // The SDK is loaded before anything is registered.
  return { publish: STORES[store](), store: given[store], prefix };
}
