import 'cdk8s';
import 'constructs';
