import { goPart } from './go';
import { npmPart } from './npm';
import { pypiPart } from './pypi';
import { VERSIONS } from './versions';

/** Everything that is had from elsewhere. */
export const PARTS = {
  etcd: goPart({ name: 'etcd', module: 'go.etcd.io/etcd/server/v3', main: 'go.etcd.io/etcd/server/v3', asset: 'etcd' }),
  kubeApiserver: goPart({
    name: 'kube-apiserver',
    module: 'k8s.io/kubernetes',
    main: 'k8s.io/kubernetes/cmd/kube-apiserver',
    asset: 'kube-apiserver',
    set: { 'k8s.io/component-base/version.gitVersion': VERSIONS['kube-apiserver'] },
  }),
  // The webhooks are pods in a cluster, so they listen on every address, and one on a fixed port: here on the loopback address, where they are told to.
  eksWebhook: goPart({
    name: 'eks-webhook',
    module: 'github.com/aws/amazon-eks-pod-identity-webhook',
    main: 'github.com/aws/amazon-eks-pod-identity-webhook',
    edit: {
      file: 'main.go',
      replace: [
        ['addr := fmt.Sprintf(":%d", *port)', 'addr := fmt.Sprintf("127.0.0.1:%d", *port)'],
        ['metricsAddr := fmt.Sprintf(":%d", *metricsPort)', 'metricsAddr := fmt.Sprintf("127.0.0.1:%d", *metricsPort)'],
      ],
    },
  }),
  azureWebhook: goPart({
    name: 'azure-webhook',
    module: 'github.com/Azure/azure-workload-identity',
    main: 'github.com/Azure/azure-workload-identity/cmd/webhook',
    edit: {
      file: 'cmd/webhook/main.go',
      replace: [
        ['flag.BoolVar(&disableCertRotation,', 'webhookPort := flag.Int("webhook-port", 9443, "")\n\tflag.BoolVar(&disableCertRotation,'],
        ['CertDir: webhookCertDir,', 'CertDir: webhookCertDir, Host: "127.0.0.1", Port: *webhookPort,'],
      ],
    },
  }),
  pulumi: goPart({
    name: 'pulumi',
    module: 'github.com/pulumi/pulumi/pkg/v3',
    main: 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi',
    set: { 'github.com/pulumi/pulumi/sdk/v3/go/common/version.Version': VERSIONS.pulumi },
  }),
  // What it embeds is written by its makers' build: the schema with a version in it, and a table that is taken as it is.
  pulumiKubernetes: goPart({
    name: 'pulumi-kubernetes',
    module: 'github.com/pulumi/pulumi-kubernetes/provider/v4',
    main: 'github.com/pulumi/pulumi-kubernetes/provider/v4/cmd/pulumi-resource-kubernetes',
    set: { 'github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version.Version': '4.25.0' },
    edit: {
      file: 'cmd/pulumi-resource-kubernetes/main.go',
      copy: [['schema.json', 'schema-embed.json'], ['terraform-mapping.json', 'terraform-mapping-embed.json']],
    },
  }),
  awsSdk: npmPart('aws-sdk'),
  azureIdentity: npmPart('azure-identity'),
  alicloudCredentials: npmPart('alicloud-credentials'),
  googleAuthLibrary: npmPart('google-auth-library'),
  moto: pypiPart('moto', 'moto[server]'),
};
