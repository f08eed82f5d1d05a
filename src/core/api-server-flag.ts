/** One flag of the API server, as kubeadm has it from v1beta4 on. https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/ */
export interface ApiServerFlag {
  /** Without its dashes: `service-account-issuer`. */
  readonly name: string;
  readonly value: string;
}
