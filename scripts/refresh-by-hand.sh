#!/usr/bin/env bash
# What image-refresh does on a tick with nothing to do, by curl, jq and kubectl: the baseline that the benchmark
# compares it with. It asks each registry for a token (once, for all of its repositories) and for the digest behind
# each tag (a HEAD), reads each workload once, and compares with the annotation. It changes nothing.
#
#   refresh-by-hand.sh < IMAGES      one per line: NAME HOST/REPOSITORY:TAG KIND/WORKLOAD
#
#   KUBECONFIG   the cluster (required)          NAMESPACE   of the workloads (default: the context's)
#   CA_FILE      to trust in the registries (default: the system's)
#
# Exit code: 0 all equal · 1 something differs or could not be asked

set -euo pipefail
: "${KUBECONFIG:?names the cluster}"

accept='application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json'
accept+=', application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json'
digest_pattern='[Dd]ocker-[Cc]ontent-[Dd]igest: (sha256:[0-9a-f]{64})'
declare -A scopes headers workloads
images=() status=0

fetch() { curl --silent --show-error --max-time 10 ${CA_FILE:+--cacert "$CA_FILE"} "$@"; }

log_in() { # HOST: follows its challenge, if it has one, and keeps the token as headers[HOST]
  local challenge realm service scope query=()
  challenge=$(fetch --output /dev/null --dump-header - "https://$1/v2/")
  headers[$1]='X-No-Token: needed'
  [[ $challenge =~ [Rr]ealm=\"([^\"]+)\" ]] || return 0
  realm=${BASH_REMATCH[1]}
  [[ $challenge =~ [Ss]ervice=\"([^\"]*)\" ]] && service=${BASH_REMATCH[1]} || service=
  for scope in ${scopes[$1]}; do query+=(--data-urlencode "scope=repository:$scope:pull"); done
  # The token goes to curl through a file, so that no process list shows it.
  headers[$1]=$(fetch --fail --get --data-urlencode "service=$service" "${query[@]}" "$realm" \
    | jq -r '"Authorization: Bearer " + (.token // .access_token)')
}

while read -r name image workload; do
  images+=("$name $image $workload")
  repository=${image#*/}; scopes[${image%%/*}]+=" ${repository%:*}"
done

for host in "${!scopes[@]}"; do log_in "$host"; done

for entry in "${images[@]}"; do
  read -r name image workload <<< "$entry"
  host=${image%%/*} repository=${image#*/}
  answer=$(fetch --head --header "Accept: $accept" --header @<(printf '%s\n' "${headers[$host]}") \
    "https://$host/v2/${repository%:*}/manifests/${repository##*:}")
  [[ $answer =~ $digest_pattern ]] || { echo "$name: $image cannot be resolved" >&2; status=1; continue; }
  latest=${BASH_REMATCH[1]}
  [[ -v workloads[$workload] ]] || workloads[$workload]=$(
    kubectl get "$workload" ${NAMESPACE:+--namespace="$NAMESPACE"} --request-timeout=15s --output=json \
      | jq -r '.metadata.annotations // {} | to_entries[] | "\(.key)=\(.value)"')
  recorded=$(sed -n "s|^tracebloc.io/last-refreshed-$name-digest=||p" <<< "${workloads[$workload]}")
  if [[ $recorded == "$latest" ]]; then
    echo "$name: unchanged at $latest"
  else
    echo "$name: ${recorded:-nothing recorded}, latest is $latest"; status=1
  fi
done
exit $status
