import type { Loader } from './resource';
import type { ProviderId } from '../providers';
import { alibaba } from '../providers/alibaba/pulumi';
import { aws } from '../providers/aws/pulumi';
import { azure } from '../providers/azure/pulumi';
import { gcp } from '../providers/gcp/pulumi';
import { jwt } from '../providers/jwt/pulumi';
import { vault } from '../providers/vault/pulumi';

/** One line for every provider. None of them loads an SDK before a document of its own is to be made. */
export const LOADERS: { readonly [id in ProviderId]: Loader } = { alibaba, aws, azure, gcp, jwt, vault };
