import '@pulumi/pulumi';
import '@pulumi/aws/iam';
