import type { JwtClusterInput } from './cluster';
import { checkJwks } from './jwks';
import { complain, type Report } from '../core/issues';

/** The rules of what APIs are told of a cluster's keys. */
export function checkJwt({ jwksJson, jwksUrl }: JwtClusterInput, path: string, report: Report): void {
  if ((jwksJson === undefined) === (jwksUrl === undefined)) {
    complain(report, 'jwt-cluster/keys', path, { expected: 'jwksJson or jwksUrl', got: jwksJson === undefined ? undefined : 'both', fix: 'say where the keys are once; where APIs read them at the issuer, leave jwt out' });
  }
  if (jwksJson !== undefined) checkJwks(jwksJson, `${path}.jwksJson`, report, { code: 'jwt-cluster/jwks', takes: 'kube-apiserver signs with no others' });
  if (jwksUrl !== undefined && !(/^https:\/\/[^\s#@]+$/.test(jwksUrl) && URL.canParse(jwksUrl))) {
    complain(report, 'jwt-cluster/jwks-url', `${path}.jwksUrl`, { expected: 'an https URL', got: jwksUrl, fix: 'serve the keys (kubectl get --raw /openid/v1/jwks) where the APIs reach them' });
  }
}
