#!/usr/bin/env bash
# A real single-node Kubernetes (1.20.2) without Docker: every part comes from packages of Debian bookworm, which apt
# fetches from the source that the machine has for its own release (see parts-lib.sh).
#
#   cluster.sh install [--api-only]  apt packages + a build of the Kubernetes binaries from Debian's source package
#                                    (5 to 10 minutes on two cores, once); with --api-only what `up --api-only` needs,
#                                    with --images only what debian-image.sh needs
#   cluster.sh up [--api-only]       etcd, API server, controller manager; without --api-only also scheduler,
#                                    containerd, kubelet, kube-proxy and DNS. Writes $CLUSTER_HOME/kubeconfig and
#                                    waits until ready. What runs already stays as it is.
#   cluster.sh up --pod-security     all of it, and a pod runs only if a PodSecurityPolicy that its service account
#                                    may use allows it: namespaces enforce by their labels from 1.23 on
#   cluster.sh status [MODE]         exit 0 when what `up [MODE]` starts is there and answers
#   cluster.sh load FILE.tar         import an OCI or docker archive into the node's image store
#   cluster.sh name HOST IP          let pods resolve HOST (a stand-in registry, say) to IP
#   cluster.sh registry HOST IP CA   the same, and the node pulls HOST's images from https://IP, which the authority
#                                    in the file CA vouches for
#   cluster.sh restart-api           stop the API server, start it again and wait until it is ready
#   cluster.sh down                  stop everything that `up` started, and only that
#   cluster.sh env                   print the exports that kubectl, helm and the tests need
#
# Binaries and state live in $CLUSTER_HOME (default ~/.cache/tracebloc-cluster). `install` and a full `up` need root
# and a machine of your own (a VM or a CI runner); `up --api-only` needs no root and listens on loopback only.
# 1.20 serves CronJob as batch/v1beta1 and PodDisruptionBudget as policy/v1beta1; all else the charts use is v1.

set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/parts-lib.sh"

CLUSTER_HOME=${CLUSTER_HOME:-$HOME/.cache/tracebloc-cluster}
BIN=$CLUSTER_HOME/bin RUN=$CLUSTER_HOME/run KUBECONFIG_FILE=$CLUSTER_HOME/kubeconfig
NODE_IP=${CLUSTER_NODE_IP:-10.250.0.1}      # on an interface of its own: nothing leaves this machine
POD_CIDR=10.244.0.0/24 SERVICE_CIDR=10.0.0.0/24 API_SERVICE_IP=10.0.0.1
ETCD=http://127.0.0.1:23790 ETCD_PEER=http://127.0.0.1:23800 API_PORT=16443
K8S_VERSION=v1.20.2 BUILD=2 PAUSE_IMAGE=k8s.gcr.io/pause:3.2

API_BINARIES=(kube-apiserver kube-controller-manager)
NODE_BINARIES=(kube-scheduler kubelet kube-proxy pause)
API_PACKAGES=(curl docker-registry etcd-server gpg gpg-agent jq kubernetes-client openssl)
IMAGE_PACKAGES=(buildah runc skopeo)
NODE_PACKAGES=(conntrack containerd containernetworking-plugins dnsmasq-base ethtool iproute2 iptables runc socat)
BUILD_PACKAGES=(dpkg-dev gcc golang-go libc6-dev make rsync)

# ---- install

install_cluster() { # [--api-only|--images]
  local packages=("${API_PACKAGES[@]}") binaries=("${API_BINARIES[@]}") absent
  case ${1:-} in
    --images) packages=("${IMAGE_PACKAGES[@]}") binaries=() ;;
    --api-only) ;;
    *) packages+=("${NODE_PACKAGES[@]}" "${IMAGE_PACKAGES[@]}") binaries+=("${NODE_BINARIES[@]}") ;;
  esac
  mkdir -p "$CLUSTER_HOME"
  exec 9> "$CLUSTER_HOME/install.lock"; flock 9      # a second install waits, and then finds everything there
  mapfile -t absent < <(missing_binaries "${binaries[@]}")
  ((${#absent[@]} == 0)) || packages+=("${BUILD_PACKAGES[@]}")
  install_packages "${packages[@]}"
  if ((${#absent[@]} == 0)); then say "binaries are built already: $BIN"; else build_kubernetes "${absent[@]}"; fi
}

missing_binaries() { # NAME...: those that are not built, or were built before the last change of build_kubernetes
  local name
  for name in "$@"; do [[ -x $BIN/$name && ($name == pause || -e $BIN/.$name-$BUILD) ]] || echo "$name"; done
}

install_packages() {
  local absent=() name policy=/usr/sbin/policy-rc.d made=
  for name in "$@"; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) == installed ]] || absent+=("$name")
  done
  # A kubectl that came from elsewhere is good enough, and newer than Debian's.
  if command -v kubectl >/dev/null; then
    mapfile -t absent < <(printf '%s\n' "${absent[@]}" | grep -vx kubernetes-client)
  fi
  [[ -n ${absent[*]} ]] || return 0
  ((EUID == 0)) || die "missing Debian packages, and installing them needs root: ${absent[*]}"
  say "installing ${absent[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  # Debian starts a service as it installs it; these packages are wanted for their binaries only.
  if [[ ! -e $policy ]]; then made=1; printf '#!/bin/sh\nexit 101\n' > $policy; chmod +x $policy; fi
  local status=0
  apt-get install -y -qq --no-install-recommends "${absent[@]}" < /dev/null > "$CLUSTER_HOME/apt.log" 2>&1 || status=$?
  [[ -z $made ]] || rm -f $policy
  ((status == 0)) || { tail -n 20 "$CLUSTER_HOME/apt.log" >&2; die "apt-get failed: see $CLUSTER_HOME/apt.log"; }
}

build_kubernetes() { # NAME...
  local work=$CLUSTER_HOME/build apt=$CLUSTER_HOME/apt name targets=() since=$SECONDS
  rm -rf "$work"; mkdir -p "$work" "$apt" "$BIN"
  apt_of bookworm "$apt" deb-src
  # apt has checked the archive's signature and the hashes; dpkg-source would ask for the maintainer's own key as well.
  (cd "$work" && APT_CONFIG=$apt/apt.conf apt-get -qq source --download-only kubernetes)
  local tree=$work/go/src/k8s.io/kubernetes
  mkdir -p "${tree%/*}"
  (cd "$work" && dpkg-source --no-check -x kubernetes_*.dsc "$tree" >/dev/null)
  replace_reflect2 "$work" "$tree" "$apt"

  say "building $* (5 to 10 minutes on two cores)"
  for name in "$@"; do [[ $name == pause ]] || targets+=("cmd/$name"); done
  # The generated code (OpenAPI, deep copies) is not in the source package, so its own make targets run first.
  # /usr/bin first: Debian's Go, which this version builds with, and not a newer one from elsewhere.
  ((${#targets[@]} == 0)) || (cd "$tree" && env PATH="/usr/bin:$PATH" GOPATH="$work/go" GOCACHE="$work/cache" GOFLAGS= \
    KUBE_GIT_VERSION=$K8S_VERSION KUBE_GIT_COMMIT=debian KUBE_GIT_TREE_STATE=clean KUBE_GIT_MAJOR=1 KUBE_GIT_MINOR=20 \
    make WHAT="${targets[*]}") < /dev/null > "$CLUSTER_HOME/build.log" 2>&1 \
    || { tail -n 20 "$CLUSTER_HOME/build.log" >&2; die "build failed: see $CLUSTER_HOME/build.log"; }
  for name in "$@"; do
    if [[ $name == pause ]]; then
      gcc -Os -static -o "$work/pause" "$tree"/build/pause/linux/pause.c
    else
      mv "$tree/_output/local/bin/linux/$(dpkg --print-architecture)/$name" "$work/$name"
    fi
    mv "$work/$name" "$BIN/$name"      # a rename: a half-written binary is never taken for a built one
    touch "$BIN/.$name-$BUILD"
  done
  chmod -R u+w "$work"; rm -rf "$work"
  say "built in $((SECONDS - since)) s: $BIN"
}

# The vendored reflect2 1.0.1 iterates over maps as Go did before 1.18: built with a newer Go, the API server crashes as
# soon as a custom resource is written. Debian's package has 1.0.2, which knows both (modern-go/reflect2#25).
replace_reflect2() { # WORK TREE APT
  local vendored=$2/vendor/github.com/modern-go/reflect2
  (cd "$1" && APT_CONFIG=$3/apt.conf apt-get -qq source --download-only golang-github-modern-go-reflect2)
  (cd "$1" && dpkg-source --no-check -x golang-github-modern-go-reflect2_*.dsc reflect2 >/dev/null)
  rm -f "$vendored"/*.go "$vendored"/*.s
  cp "$1"/reflect2/*.{go,s} "$vendored"/
  rm -f "$vendored"/*_test.go
}

# ---- up

up() { # [--api-only|--pod-security]
  local mode=${1:-} name
  ! is_up "$mode" || { say "up already"; return; }
  for name in "${API_BINARIES[@]}"; do [[ -x $BIN/$name ]] || die "run '$0 install $mode' first"; done
  trap '(($? == 0)) || down' EXIT
  down
  rm -rf "$RUN"; mkdir -p "$RUN"
  if [[ $mode == --api-only ]]; then
    # No node will ever join, so nothing but loopback; the endpoint reconciler would refuse such an address.
    up_api --bind-address=127.0.0.1 --advertise-address=127.0.0.1 --endpoint-reconciler-type=none
  else
    ((EUID == 0)) || die "a node needs root; 'up --api-only' does not"
    # A bridge stands in for a dummy device, which some kernels lack.
    ip link show tbnode0 >/dev/null 2>&1 || ip link add tbnode0 type bridge
    ip addr replace "$NODE_IP/32" dev tbnode0; ip link set tbnode0 up
    local admission=()
    if [[ $mode == --pod-security ]]; then
      admission=(--enable-admission-plugins=PodSecurityPolicy); touch "$RUN/pod-security"
    fi
    up_api --bind-address=0.0.0.0 --advertise-address="$NODE_IP" "${admission[@]}"
    up_node
  fi
}

is_up() { # [--api-only|--pod-security]
  [[ -f $KUBECONFIG_FILE ]] || return 1
  [[ ${1:-} != --pod-security || -e $RUN/pod-security ]] || return 1
  k get --raw /readyz --request-timeout=5s >/dev/null 2>&1 || return 1
  [[ ${1:-} == --api-only ]] || k get node node1 --request-timeout=5s 2>/dev/null | grep -q ' Ready'
}

up_api() { # ADDRESS-FLAG...
  (make_certificates); write_kubeconfig
  start etcd etcd --data-dir "$RUN/etcd" --unsafe-no-fsync \
    --listen-client-urls $ETCD --advertise-client-urls $ETCD \
    --listen-peer-urls $ETCD_PEER --initial-advertise-peer-urls $ETCD_PEER --initial-cluster default=$ETCD_PEER
  start kube-apiserver "$BIN/kube-apiserver" --etcd-servers=$ETCD --secure-port=$API_PORT "$@" \
    --tls-cert-file="$RUN/pki/api.crt" --tls-private-key-file="$RUN/pki/api.key" --cert-dir="$RUN/pki" \
    --client-ca-file="$RUN/pki/ca.crt" --token-auth-file="$RUN/pki/tokens.csv" --authorization-mode=RBAC \
    --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$RUN/pki/sa.pub" \
    --service-account-signing-key-file="$RUN/pki/sa.key" --api-audiences=https://kubernetes.default.svc \
    --service-cluster-ip-range=$SERVICE_CIDR --allow-privileged --kubelet-preferred-address-types=InternalIP
  wait_for 60 kube-apiserver k get --raw /readyz
  start kube-controller-manager "$BIN/kube-controller-manager" --kubeconfig="$KUBECONFIG_FILE" \
    --service-account-private-key-file="$RUN/pki/sa.key" --root-ca-file="$RUN/pki/ca.crt" --controllers='*' \
    --port=0 --secure-port=0 --feature-gates=CronJobControllerV2=true --leader-elect=false \
    --use-service-account-credentials
  wait_for 30 kube-controller-manager k get serviceaccount default
}

make_certificates() {
  umask 077; mkdir -p "$RUN/pki"; cd "$RUN/pki"
  local names=(IP:127.0.0.1 "IP:$NODE_IP" "IP:$API_SERVICE_IP" DNS:localhost DNS:kubernetes DNS:kubernetes.default
    DNS:kubernetes.default.svc DNS:kubernetes.default.svc.cluster.local)
  openssl req -x509 -newkey rsa:2048 -nodes -days 30 -keyout ca.key -out ca.crt -subj /CN=cluster-ca
  openssl req -newkey rsa:2048 -nodes -keyout api.key -out api.csr -subj /CN=kube-apiserver
  openssl x509 -req -in api.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -out api.crt \
    -extfile <(IFS=,; printf 'subjectAltName=%s' "${names[*]}")
  openssl genrsa -out sa.key 2048
  openssl rsa -in sa.key -pubout -out sa.pub
  openssl rand -hex 16 > admin.token
  printf '%s,admin,admin,"system:masters"\n' "$(cat admin.token)" > tokens.csv
} 2> /dev/null

write_kubeconfig() {
  (umask 077; cat > "$KUBECONFIG_FILE" <<X
apiVersion: v1
kind: Config
current-context: local
clusters:
- name: local
  cluster: {server: "https://127.0.0.1:$API_PORT", certificate-authority-data: $(base64 -w0 "$RUN/pki/ca.crt")}
users: [{name: admin, user: {token: $(cat "$RUN/pki/admin.token")}}]
contexts: [{name: local, context: {cluster: local, user: admin, namespace: default}}]
X
  )
}

up_node() {
  local cni=$RUN/cni socket=$RUN/containerd/containerd.sock
  mkdir -p "$cni" "$RUN/containerd" "$RUN/hosts.d" "$RUN/certs.d"
  cat > "$cni/10-bridge.conflist" <<X
{"cniVersion":"0.4.0","name":"pods","plugins":[
 {"type":"bridge","bridge":"tbcni0","isGateway":true,"ipMasq":true,"hairpinMode":true,
  "ipam":{"type":"host-local","dataDir":"$RUN/ipam",
          "ranges":[[{"subnet":"$POD_CIDR"}]],"routes":[{"dst":"0.0.0.0/0"}]}},
 {"type":"portmap","capabilities":{"portMappings":true}}]}
X
  # oom scores below zero are refused in some sandboxes; $RUN/certs.d/<host>/hosts.toml redirects a registry's name
  cat > "$RUN/containerd/config.toml" <<X
version = 2
root = "$RUN/containerd/root"
state = "$RUN/containerd/state"
[grpc]
  address = "$socket"
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "$PAUSE_IMAGE"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "$cni"
  [plugins."io.containerd.grpc.v1.cri".registry]
    config_path = "$RUN/certs.d"
X
  start containerd containerd --config "$RUN/containerd/config.toml"
  wait_for 20 containerd ctr --address "$socket" version
  local image=$RUN/pause; mkdir -p "$image"; cp "$BIN/pause" "$image/"
  printf 'FROM scratch\nCOPY pause /pause\nENTRYPOINT ["/pause"]\n' > "$image/Dockerfile"
  buildah --isolation chroot bud -q -t $PAUSE_IMAGE "$image" >/dev/null
  rm -f "$image/pause.tar"; buildah push -q $PAUSE_IMAGE "docker-archive:$image/pause.tar:$PAUSE_IMAGE"
  load "$image/pause.tar"

  # As root, for it could not read below a home; and it knows every name there is: nothing is asked elsewhere.
  start dnsmasq dnsmasq --keep-in-foreground --user=root --no-resolv --no-hosts --bind-interfaces \
    --listen-address="$NODE_IP" --local=/#/ --hostsdir="$RUN/hosts.d" --log-facility=- --pid-file= --conf-file=/dev/null
  start service-names "$0" watch-services
  # A container's end that the kubelet misses is seen by the next sync: a pod would then be gone a minute late.
  cat > "$RUN/kubelet.yaml" <<X
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: {anonymous: {enabled: true}, webhook: {enabled: false}}
authorization: {mode: AlwaysAllow}
cgroupDriver: cgroupfs
failSwapOn: false
clusterDomain: cluster.local
clusterDNS: ["$NODE_IP"]
evictionHard: {imagefs.available: "1%", nodefs.available: "1%", memory.available: "100Mi"}
X
  printf 'nameserver %s\n' "$NODE_IP" > "$RUN/resolv.conf"
  start kube-scheduler "$BIN/kube-scheduler" --kubeconfig="$KUBECONFIG_FILE" --leader-elect=false
  start kubelet "$BIN/kubelet" --kubeconfig="$KUBECONFIG_FILE" --config="$RUN/kubelet.yaml" \
    --container-runtime=remote --container-runtime-endpoint="unix://$socket" --root-dir="$RUN/kubelet" \
    --hostname-override=node1 --node-ip="$NODE_IP" --resolv-conf="$RUN/resolv.conf" \
    --pod-infra-container-image=$PAUSE_IMAGE
  start kube-proxy "$BIN/kube-proxy" --kubeconfig="$KUBECONFIG_FILE" --hostname-override=node1
  wait_for 90 kubelet is_up
}

watch_services() { # keeps <service>.<namespace>.svc.cluster.local resolvable
  local line='{.spec.clusterIP}{" "}{.metadata.name}.{.metadata.namespace}.svc.cluster.local{"\n"}'
  while sleep 2; do
    k get services -A -o jsonpath="{range .items[*]}$line{end}" 2>/dev/null | grep -v '^None' > "$RUN/services.new" \
      || continue
    cmp -s "$RUN/services.new" "$RUN/hosts.d/services" || cp "$RUN/services.new" "$RUN/hosts.d/services"
  done
}

name() { printf '%s %s\n' "$2" "$1" > "$RUN/hosts.d/$1"; } # HOST IP

registry() { # HOST IP CA
  local api=$1; [[ $1 != docker.io ]] || api=registry-1.docker.io    # images name the one, clients ask the other
  name "$api" "$2"
  mkdir -p "$RUN/certs.d/$1"; cp "$3" "$RUN/certs.d/$1/ca.crt"
  printf 'server = "https://%s"\nca = "%s"\n[host."https://%s"]\n  ca = "%s"\n' \
    "$2" "$RUN/certs.d/$1/ca.crt" "$2" "$RUN/certs.d/$1/ca.crt" > "$RUN/certs.d/$1/hosts.toml"
}

load() { ctr --address "$RUN/containerd/containerd.sock" -n k8s.io images import "$1" >/dev/null; }

# ---- processes

k() { kubectl --kubeconfig "$KUBECONFIG_FILE" "$@"; }

restart_api() { # with the arguments that it has
  local arguments; mapfile -d '' -t arguments < "/proc/$(cat "$RUN/kube-apiserver.pid")/cmdline"
  stop kube-apiserver
  start kube-apiserver "${arguments[@]}"
  wait_for 60 kube-apiserver k get --raw /readyz
}

down() {
  local name
  for name in kubelet kube-proxy kube-scheduler service-names; do stop $name; done
  [[ ! -S $RUN/containerd/containerd.sock ]] || stop_containers
  for name in dnsmasq containerd kube-controller-manager kube-apiserver etcd; do stop $name; done
  [[ ! -f $RUN/kubelet.yaml ]] || clean_node
}

stop_containers() {
  local task ctr=(ctr --address "$RUN/containerd/containerd.sock" -n k8s.io)
  for task in $("${ctr[@]}" tasks ls -q 2>/dev/null); do
    "${ctr[@]}" tasks kill -s KILL "$task" >/dev/null 2>&1 || true
  done
  sleep 1
  for task in $("${ctr[@]}" containers ls -q 2>/dev/null); do
    "${ctr[@]}" tasks delete "$task" >/dev/null 2>&1 || true
  done
}

clean_node() {
  local name
  "$BIN/kube-proxy" --cleanup >/dev/null 2>&1 || true
  awk -v run="$RUN/" 'index($2, run) == 1 {print $2}' /proc/mounts | sort -r | xargs -r umount -l 2>/dev/null || true
  for name in $(ip netns list 2>/dev/null | awk '/^cni-/ {print $1}'); do ip netns del "$name" || true; done
  ip link del tbcni0 2>/dev/null || true
  ip link del tbnode0 2>/dev/null || true
  rm -f "$RUN/kubelet.yaml"
}

case ${1:-} in
  install) install_cluster "${2:-}" ;;
  up) up "${2:-}"; say "ready: export KUBECONFIG=$KUBECONFIG_FILE" ;;
  status) is_up "${2:-}" ;;
  restart-api) restart_api ;;
  load) load "$2" ;;
  name) name "$2" "$3" ;;
  registry) registry "$2" "$3" "$4" ;;
  watch-services) watch_services ;;
  down) down ;;
  env) printf 'export KUBECONFIG=%q\nexport KUBEBUILDER_ASSETS=%q\n' "$KUBECONFIG_FILE" "$BIN" ;;
  *) usage ;;
esac
