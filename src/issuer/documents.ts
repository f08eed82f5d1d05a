import type { IssuerInput } from './input';
import { readKeys, type SigningKey } from './keys';
import { InvalidDefinitionError } from '../core/errors';
import { checkIssuer } from '../core/issuer';
import { Findings, complain, show, type Issue } from '../core/issues';
import { byText } from '../core/names';
import { readShape, type Shape } from '../core/shape';

/** The discovery document, with what verifiers of tokens read. https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata */
export interface DiscoveryDocument {
  readonly issuer: string;
  readonly jwks_uri: string;
  readonly response_types_supported: readonly ['id_token'];
  readonly subject_types_supported: readonly ['public'];
  readonly id_token_signing_alg_values_supported: readonly string[];
}

/** A file to publish. */
export interface IssuerFile {
  /** Below the issuer, without a slash at its beginning. */
  readonly path: string;
  readonly contentType: string;
  readonly text: string;
}

/** What an issuer has to publish. */
export interface IssuerDocuments {
  readonly discovery: DiscoveryDocument;
  readonly jwks: { readonly keys: readonly SigningKey[] };
  /** Both as files. The keys are left out where `jwksUri` is not below the issuer. */
  readonly files: readonly IssuerFile[];
  /** What is allowed, and may still surprise: keys that not every cloud takes. */
  readonly warnings: readonly Issue[];
}

const DISCOVERY_PATH = '.well-known/openid-configuration';
const JWKS_PATH = 'openid/v1/jwks';

const SHAPE: Shape<IssuerInput> = { issuer: 'text', keys: 'value?', jwksUri: 'text?' };

/** See {@link issuerDocuments}, which loads this. */
export function documentsOf(input: IssuerInput): IssuerDocuments {
  const findings = new Findings();
  // Of what is given in the place of the fields nothing is shown: it may be a private key.
  const given: unknown = typeof input === 'string' || Array.isArray(input) ? typeof input : input;
  const { issuer, keys = [], jwksUri } = readShape(given, SHAPE, '', findings.report);
  if (issuer !== undefined) checkIssuer(issuer, 'issuer', findings.report);
  if (jwksUri !== undefined && !(URL.canParse(jwksUri) && jwksUri.startsWith('https://'))) {
    complain(findings.report, 'issuer/jwks-uri', 'jwksUri', { expected: 'an https URL', got: jwksUri, fix: 'leave it out for the usual place below the issuer' });
  }
  const signing = readKeys(keys, findings.report);
  if (issuer === undefined || findings.errors.length > 0) throw new InvalidDefinitionError(`issuer ${show(issuer)}`, findings.all);
  return { ...write(issuer, signing, jwksUri), warnings: findings.warnings };
}

function write(issuer: string, keys: readonly SigningKey[], jwksUri: string | undefined): Omit<IssuerDocuments, 'warnings'> {
  // Whatever the issuer ends in, there is one slash before what is added to it.
  const base = `${issuer.replace(/\/$/, '')}/`;
  const uri = jwksUri ?? `${base}${JWKS_PATH}`;
  const discovery: DiscoveryDocument = {
    issuer,
    jwks_uri: uri,
    response_types_supported: ['id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [...new Set(keys.map(({ alg }) => alg))].sort(byText),
  };
  const jwks = { keys };
  const below = uri.startsWith(base) ? [{ path: uri.slice(base.length), contentType: 'application/jwk-set+json', text: textOf(jwks) }] : [];
  return { discovery, jwks, files: [{ path: DISCOVERY_PATH, contentType: 'application/json', text: textOf(discovery) }, ...below] };
}

function textOf(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
