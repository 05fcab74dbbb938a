#!/usr/bin/env bash
# A real server for S3 on loopback: OpenStack Swift 2.38 with its S3 layer (packages of Debian sid), one device, one
# replica. Nothing is installed on the machine: see parts-lib.sh. docs/real-parts.md shows the scripts at work.
#
#   s3.sh install        fetch and unpack Swift
#   s3.sh up [--tls]     start Swift, wait until it answers; --tls serves HTTPS with the certificate of parts-lib.sh.
#                        A server that runs the other way is restarted.
#   s3.sh down [--wipe]  stop Swift; --wipe deletes the objects too
#   s3.sh env            print exports: endpoint, region, CA, and the keys of two users
#
# Swift listens on 127.0.0.1:23309 ($S3_PORT), its inner servers on the three ports after it, on loopback and without
# authentication. The first user owns everything; the second exists and is denied everything (403 AccessDenied). An
# access key is ACCOUNT:USER: quote it where a colon has a meaning. A request without a signature is answered with 400
# or 412, not 403, and object tagging with 501. $PARTS_HOME must be on a file system with user attributes: ext4, xfs,
# btrfs, a recent tmpfs.

set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/parts-lib.sh"

RUN=$PARTS_HOME/run/s3 ROOT=$PARTS_HOME/root/swift PYTHON=$BIN/swift-python PORT=${S3_PORT:-23309}
export PYTHONHOME=$ROOT/usr

install() {
  debs sid swift swift-{proxy,account,container,object} libisal2
  wrap swift usr/bin/python3 swift-python
  # Swift computes CRC32C and CRC64NVME with this library. Python would look for it on the machine.
  local name="import ctypes.util; ctypes.util.find_library = lambda name, f=ctypes.util.find_library:"
  echo "$name 'libisal.so.2' if name == 'isal' else f(name)" > "$ROOT/usr/lib/python3/dist-packages/isal_here.py"
  certificates
}

configuration() { # KIND PORT, what follows [DEFAULT] on stdin
  { printf '%s\n' '[DEFAULT]' bind_ip=127.0.0.1 "bind_port=$2" workers=0 "swift_dir=$RUN/conf" "user=$(id -un)" \
      "devices=$RUN/data" mount_check=false fallocate_reserve=0 log_udp_host=127.0.0.1 log_udp_port=9   # not syslog
    cat; } > "$RUN/conf/$1.conf"
}

configure() { # [--tls]
  local kind port=$PORT name tls='' filters=(catch_errors gatekeeper healthcheck listing_formats bulk s3api tempauth slo
    dlo versioned_writes symlink)
  rm -rf "$RUN/conf"; mkdir -p "$RUN/conf" "$RUN/data/disk"
  [[ -f $RUN/keys ]] || (umask 077; openssl rand -hex 16 > "$RUN/keys"; openssl rand -hex 16 >> "$RUN/keys")
  mapfile -t KEYS < "$RUN/keys"
  printf '[swift-hash]\nswift_hash_path_suffix = loopback\n[storage-policy:0]\nname = default\ndefault = yes\n' \
    > "$RUN/conf/swift.conf"
  for kind in account container object; do
    port=$((port + 1))
    printf '[pipeline:main]\npipeline = %s-server\n[app:%s-server]\nuse = egg:swift#%s\n' $kind $kind $kind |
      configuration $kind $port
  done
  [[ ${1:-} != --tls ]] || tls=$(printf 'cert_file = %s\nkey_file = %s' "$TLS/server.crt" "$TLS/server.key")
  { printf '%s\n[pipeline:main]\npipeline = %s proxy-server\n' "$tls" "${filters[*]}"
    printf '[app:proxy-server]\nuse = egg:swift#proxy\naccount_autocreate = true\n'
    for name in "${filters[@]}"; do
      printf '[filter:%s]\nuse = egg:swift#%s\n' "$name" "$name"
      case $name in
        s3api) printf 'location = us-east-1\nstorage_domain = localhost\nmax_upload_part_num = 10000\n' ;;
        slo) printf 'max_manifest_segments = 10000\n' ;;
        versioned_writes) printf 'allow_object_versioning = true\n' ;;
        tempauth) printf 'user_test_tester = %s .admin\nuser_test_denied = %s\n' "${KEYS[@]}" ;;
      esac
    done
  } | configuration proxy "$PORT"
  cat > "$RUN/conf/serve.py" <<'P'
"""serve.py CONF-FOLDER rings PORT | serve.py CONF-FOLDER proxy|account|container|object"""
import os, sys
import isal_here
from swift.common import utils
folder, what = sys.argv[1:3]
utils.set_swift_dir(folder)
if what == 'rings':
    from swift.common.ring import RingBuilder
    os.setxattr(folder, 'user.test', b'')
    for offset, kind in enumerate(['account', 'container', 'object'], int(sys.argv[3]) + 1):
        builder = RingBuilder(4, 1, 0)
        builder.add_dev(dict(id=0, region=1, zone=1, weight=1, ip='127.0.0.1', port=offset, device='disk',
                             replication_ip='127.0.0.1', replication_port=offset))
        builder.rebalance()
        builder.get_ring().save(os.path.join(folder, kind + '.ring.gz'))
else:
    from swift.common.wsgi import run_wsgi
    sys.exit(run_wsgi(os.path.join(folder, what + '.conf'), what + '-server', verbose=True))
P
  "$PYTHON" "$RUN/conf/serve.py" "$RUN/conf" rings "$PORT" ||
    die "the rings of Swift were not built: $RUN must be on a file system with user attributes"
}

scheme() { if grep -q '^cert_file' "$RUN/conf/proxy.conf" 2>/dev/null; then echo https; else echo http; fi; }

up() { # [--tls]
  local kind port wanted=http; [[ ${1:-} != --tls ]] || wanted=https
  [[ -x $PYTHON && -f $TLS/server.crt ]] || die "run '$0 install' first"
  if alive proxy && grep -qx "bind_port=$PORT" "$RUN/conf/proxy.conf" && [[ $(scheme) == "$wanted" ]]; then
    say "is up already"; return
  fi
  trap '(($? == 0)) || down' EXIT
  down; configure "$@"
  for kind in account container object proxy; do
    start $kind "$PYTHON" "$RUN/conf/serve.py" "$RUN/conf" $kind
  done
  port=$PORT
  for kind in account container object; do wait_for 30 $kind curl -s "http://127.0.0.1:$((port += 1))/"; done
  wait_for 30 proxy curl -sf --cacert "$TLS/ca.crt" "$(scheme)://127.0.0.1:$PORT/healthcheck"
  say "ready: $(scheme)://127.0.0.1:$PORT"
}

down() { local kind; for kind in proxy object container account; do stop $kind; done; }

environment() {
  mapfile -t KEYS < "$RUN/keys" 2>/dev/null || die "run '$0 up' first"
  printf 'export %s=%q\n' S3_ENDPOINT "$(scheme)://127.0.0.1:$PORT" S3_REGION us-east-1 S3_CA "$TLS/ca.crt" \
    S3_ACCESS_KEY test:tester S3_SECRET_KEY "${KEYS[0]}" \
    S3_DENIED_ACCESS_KEY test:denied S3_DENIED_SECRET_KEY "${KEYS[1]}"
}

case ${1:-} in
  install) install ;;
  up) up "${@:2}" ;;
  down) down; [[ ${2:-} != --wipe ]] || rm -rf "$RUN" ;;
  env) environment ;;
  *) usage ;;
esac
