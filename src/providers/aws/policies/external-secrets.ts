import type { AwsPolicyDocument } from '../binding';
import { allow, policy } from './statement';

export interface ExternalSecretsScope {
  /** ARNs of secrets of Secrets Manager; `*` for the six characters at their end that AWS makes up. @default none */
  readonly secretArns?: readonly string[];
  /** ARNs of parameters of Systems Manager. @default none */
  readonly parameterArns?: readonly string[];
  /** ARNs of the customer managed keys that these are encrypted with. @default none */
  readonly kmsKeyArns?: readonly string[];
}

/**
 * external-secrets: reads these secrets and parameters, and finds no others.
 * https://external-secrets.io/latest/provider/aws-secrets-manager/, https://external-secrets.io/latest/provider/aws-parameter-store/
 *
 * @throws TypeError when there are neither secrets nor parameters
 */
export function externalSecrets({ secretArns = [], parameterArns = [], kmsKeyArns = [] }: ExternalSecretsScope): AwsPolicyDocument {
  if (secretArns.length + parameterArns.length === 0) throw new TypeError('expected secretArns or parameterArns, got neither; a policy for nothing is no policy');
  return policy(
    secretArns.length === 0 ? [] : allow(['secretsmanager:GetResourcePolicy', 'secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret', 'secretsmanager:ListSecretVersionIds'], secretArns),
    parameterArns.length === 0 ? [] : allow(['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParameterHistory', 'ssm:ListTagsForResource'], parameterArns),
    kmsKeyArns.length === 0 ? [] : allow(['kms:Decrypt'], kmsKeyArns),
  );
}
