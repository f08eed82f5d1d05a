import { isPrivateHost } from '../../src/core/private-host';

test.each([
  'https://kubernetes.default.svc', 'https://kubernetes.default.svc.cluster.local', 'https://kubernetes.default.svc.cluster.local./', 'https://kubernetes.default.svc.corp.example.com/', 'https://api.shop.svc:6443/x',
  'https://kubernetes', 'https://localhost', 'https://localhost:8443/', 'https://oidc.localhost', 'https://cluster.local', 'https://k8s.home.arpa', 'https://ip-10-0-0-1.us-west-2.compute.internal',
  'https://0.0.0.0', 'https://10.1.2.3:6443', 'https://127.0.0.1', 'https://169.254.169.254', 'https://172.16.0.1', 'https://172.31.255.255', 'https://192.168.1.1', 'https://100.64.0.1', 'https://100.127.0.1',
  'https://[::1]', 'https://[::]', 'https://[fd00::1]:6443/', 'https://[fe80::1]', 'https://[::ffff:10.0.0.1]', 'https://2130706433',
])('%s is nobody\'s outside', url => expect(isPrivateHost(url)).toBe(true));

test.each([
  'https://oidc.eks.us-west-2.amazonaws.com/id/1', 'https://k3s.example.com/', 'https://storage.googleapis.com/issuer', 'https://svc.example.com', 'https://local.example.com', 'https://internal.example.com', 'https://kubernetes.default.example.com',
  'https://11.0.0.1', 'https://172.15.0.1', 'https://172.32.0.1', 'https://100.63.0.1', 'https://100.128.0.1', 'https://169.253.0.1', 'https://8.8.8.8', 'https://[2001:db8::1]', 'https://[2001:4860:4860::8888]', 'https://[::ffff:8.8.8.8]',
  'https://example.com/kubernetes.default.svc', 'no url',
])('%s may be reached', url => expect(isPrivateHost(url)).toBe(false));
