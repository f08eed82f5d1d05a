import type { Platform } from './platform';

/** A cluster that its users run themselves: nothing is injected, and the issuer is what they gave kube-apiserver. */
export const selfManaged: Platform = { title: 'a self-managed cluster', usual: {}, check() {} };
