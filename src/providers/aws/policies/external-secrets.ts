import type { AwsPolicyDocument } from '../binding';
import { checkedScope } from './scope';
import { allow, policy } from './statement';
import type { Shape } from '../../../core/shape';

export interface ExternalSecretsScope {
  /** ARNs of secrets of Secrets Manager; `*` for the six characters at their end that AWS makes up. @default none */
  readonly secretArns?: readonly string[];
  /** ARNs of parameters of Systems Manager. @default none */
  readonly parameterArns?: readonly string[];
  /** ARNs of the customer managed keys that these are encrypted with. @default none */
  readonly kmsKeyArns?: readonly string[];
  /** Whether secrets and parameters are looked for (`dataFrom` with `find`). With it the names of all of them can be listed, and these alone be read. @default false */
  readonly find?: boolean;
}

const SHAPE: Shape<ExternalSecretsScope> = { secretArns: 'texts?', parameterArns: 'texts?', kmsKeyArns: 'texts?', find: 'yes or no?' };

/**
 * external-secrets: reads these secrets and parameters, and no others.
 * https://external-secrets.io/latest/provider/aws-secrets-manager/, https://external-secrets.io/latest/provider/aws-parameter-store/
 *
 * @throws InvalidDefinitionError when there are neither secrets nor parameters
 */
export function externalSecrets(scope: ExternalSecretsScope): AwsPolicyDocument {
  const { secretArns = [], parameterArns = [], kmsKeyArns = [], find = false } = checkedScope('externalSecrets', scope, SHAPE, ['secretArns', 'parameterArns']);
  return policy(
    secretArns.length === 0 ? [] : allow(['secretsmanager:GetResourcePolicy', 'secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret', 'secretsmanager:ListSecretVersionIds'], secretArns),
    parameterArns.length === 0 ? [] : allow(['ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParameterHistory', 'ssm:ListTagsForResource', ...(find ? ['ssm:GetParametersByPath'] : [])], parameterArns),
    find ? allow([...(secretArns.length === 0 ? [] : ['secretsmanager:BatchGetSecretValue', 'secretsmanager:ListSecrets']), ...(parameterArns.length === 0 ? [] : ['ssm:DescribeParameters'])], '*') : [],
    kmsKeyArns.length === 0 ? [] : allow(['kms:Decrypt'], kmsKeyArns),
  );
}
