import 'symbolon/cdk8s';
