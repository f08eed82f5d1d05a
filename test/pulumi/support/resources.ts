/** Resources that stand for what other parts of a stack make. */
import * as pulumi from '@pulumi/pulumi';

/** A cluster, whose issuer is made with it. */
export class Cluster extends pulumi.CustomResource {
  declare readonly issuer: pulumi.Output<string>;

  constructor(name: string) {
    super('test:index:Cluster', name, { issuer: undefined });
  }
}

/** A provider of a package, without loading the package. */
export class Provider extends pulumi.ProviderResource {
  constructor(pkg: string, name: string) {
    super(pkg, name, {});
  }
}
