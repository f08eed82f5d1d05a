import 'symbolon/pulumi';
import '@pulumi/aws/iam';
