#!/usr/bin/env bash
# The commands of docs/guides/troubleshooting.md. They need kubectl, jq, and these variables:
# NAMESPACE, POD, SERVICE_ACCOUNT, AUDIENCE, and TOKEN where a token is looked at.
set -euo pipefail

# region: asked
kubectl get pod "$POD" -n "$NAMESPACE" -o json | jq '{
  serviceAccount: .spec.serviceAccountName,
  tokens: [.spec.volumes[]? | .name as $volume | .projected.sources[]?.serviceAccountToken | select(. != null) | {volume: $volume} + .],
  mounts: [(.spec.initContainers[]?, .spec.containers[]) | .name as $container | .volumeMounts[]? | {container: $container, volume: .name, mountPath, subPath}]
}'
# endregion

# region: events
kubectl get events -n "$NAMESPACE" --field-selector "involvedObject.name=$POD,type=Warning" -o json |
  jq -r '.items[] | [.reason, .message] | @tsv'
# endregion

# region: claims
# A token is three parts with dots between them, in base64url without padding: the second holds the claims.
token_claims() {
  cut -d. -f2 | tr '_-' '/+' | awk '{ while (length($0) % 4) $0 = $0 "="; print }' | base64 -d | jq '. + {exp: (.exp | todate), iat: (.iat | todate)}'
}
printf %s "$TOKEN" | token_claims
# endregion

# region: create
kubectl create token "$SERVICE_ACCOUNT" -n "$NAMESPACE" --audience "$AUDIENCE" --duration 10m
# endregion

# region: review
jq -n --arg token "$TOKEN" --arg audience "$AUDIENCE" \
  '{apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", spec: {token: $token, audiences: [$audience]}}' |
  kubectl create -f - -o json | jq '.status | {authenticated, audiences, user: .user.username, error}'
# endregion

# region: issuer
kubectl get --raw /.well-known/openid-configuration | jq -r .issuer
# endregion

# region: allowed
kubectl auth can-i --list -n "$NAMESPACE" --as "system:serviceaccount:$NAMESPACE:$SERVICE_ACCOUNT"
# endregion

# region: bindings
kubectl get rolebindings,clusterrolebindings -A -o json | jq -r --arg ns "$NAMESPACE" --arg sa "$SERVICE_ACCOUNT" '
  ["system:serviceaccounts", "system:serviceaccounts:" + $ns, "system:authenticated"] as $groups
  | .items[]
  | select(.kind == "ClusterRoleBinding" or .metadata.namespace == $ns)
  | select(any(.subjects[]?;
      (.kind == "ServiceAccount" and .name == $sa and .namespace == $ns)
      or (.kind == "User" and .name == "system:serviceaccount:" + $ns + ":" + $sa)
      or (.kind == "Group" and (.name | IN($groups[])))))
  | [.kind, .metadata.name, .roleRef.kind, .roleRef.name] | @tsv'
# endregion

# region: legacy
kubectl get secrets -A --field-selector type=kubernetes.io/service-account-token -o json | jq -r '.items[].metadata
  | [.namespace, .name, .annotations["kubernetes.io/service-account.name"], .labels["kubernetes.io/legacy-token-last-used"] // "not used"] | @tsv'
# endregion

# region: counters
kubectl get --raw /metrics | grep -E '^serviceaccount_[a-z_]+_total'
# endregion

# region: automounted
kubectl get pods -A -o json | jq -r '.items[]
  | select(any(.spec.volumes[]?; .name | startswith("kube-api-access-")))
  | [.metadata.namespace, .metadata.name, .spec.serviceAccountName] | @tsv'
# endregion
