#!/usr/bin/env bash
# Real cosign (3.1 of Debian sid, 2.5 of trixie), a real docker-registry (2.8 of bookworm), and stand-ins for the public
# services of sigstore on loopback: Fulcio, Rekor v1 and a timestamp authority from @sigstore/mock, served by
# sigstore-server.cjs. Signing and verifying work offline, with a key and with an identity token.
# Nothing is installed on the machine: see parts-lib.sh. docs/real-parts.md shows the scripts at work.
#
#   sigstore.sh install      fetch cosign, docker-registry and the mock; needs node 20 or newer, and npm
#   sigstore.sh up           start the services and the registry; keys, trusted root and token are new each time
#   sigstore.sh status       exit 0 when the services and the registry run
#   sigstore.sh check        push images, sign them in each way, verify them, and see wrong keys and identities refused
#   sigstore.sh down [--wipe]   stop the services and the registry; --wipe deletes the images too
#   sigstore.sh env          print exports: programs, addresses, trusted root, signing config, token, identity, issuer
#
# The services listen on 127.0.0.1:23320 ($SIGSTORE_PORT), the registry on 127.0.0.1:23321 ($REGISTRY_PORT), in plain
# HTTP. Fulcio accepts any well-formed token: it checks no signature, issuer or expiry. Rekor is a log of one entry, the
# latest, and has no search. TUF is missing: pass --trusted-root and --signing-config.

set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/parts-lib.sh"

RUN=$PARTS_HOME/run/sigstore HERE=$(dirname "$(readlink -f "$0")")
URL=http://127.0.0.1:${SIGSTORE_PORT:-23320} REGISTRY=127.0.0.1:${REGISTRY_PORT:-23321} MOCK=@sigstore/mock@0.13.0

install() {
  debs trixie cosign2 cosign; wrap cosign2 usr/bin/cosign cosign2
  debs sid cosign cosign; wrap cosign usr/bin/cosign
  debs bookworm registry docker-registry; wrap registry usr/bin/docker-registry
  npm_package "$MOCK"
}

up() {
  [[ -x $BIN/docker-registry && -f $PARTS_HOME/npm/${MOCK//\//+}/done ]] || die "run '$0 install' first"
  if is_up; then say "is up already"; return; fi
  need node curl
  trap '(($? == 0)) || down' EXIT
  down; mkdir -p "$RUN"
  NODE_PATH=$PARTS_HOME/npm/${MOCK//\//+}/node_modules \
    start services node "$HERE/sigstore-server.cjs" "${URL##*:}" "$RUN"
  cat > "$RUN/registry.yml" <<C
version: 0.1
storage: {filesystem: {rootdirectory: "$RUN/images"}, delete: {enabled: true}}
http: {addr: "$REGISTRY"}
C
  start registry "$BIN/docker-registry" serve "$RUN/registry.yml"
  wait_for 20 services curl -sf "$URL/healthz"
  wait_for 20 registry curl -sf "http://$REGISTRY/v2/"
  say "ready: $URL, registry $REGISTRY"
}

is_up() { alive services && alive registry; }

down() { stop services; stop registry; }

environment() {
  [[ -f $RUN/trusted_root.json ]] || die "run '$0 up' first"
  printf 'export %s=%q\n' COSIGN "$BIN/cosign" COSIGN2 "$BIN/cosign2" \
    SIGSTORE_URL "$URL" SIGSTORE_REGISTRY "$REGISTRY" \
    SIGSTORE_TRUSTED_ROOT "$RUN/trusted_root.json" SIGSTORE_SIGNING_CONFIG "$RUN/signing_config.json" \
    SIGSTORE_TOKEN "$RUN/token" SIGSTORE_IDENTITY https://loopback/robot SIGSTORE_ISSUER https://issuer.loopback \
    SIGSTORE_ROOT_FILE "$RUN/fulcio.pem" SIGSTORE_REKOR_PUBLIC_KEY "$RUN/rekor.pem" \
    SIGSTORE_CT_LOG_PUBLIC_KEY_FILE "$RUN/ctlog.pem"      # cosign 2 reads these three itself
}

push_image() { # REPOSITORY: pushes a small image; prints its digest
  local api=http://$REGISTRY/v2/$1 oci=application/vnd.oci.image file digest=() size=() location
  cd "$WORK"; echo "$RANDOM" > content; tar -cf layer content
  printf '{"architecture":"amd64","os":"linux","rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
    "$(sha256sum < layer | cut -c1-64)" > config
  for file in config layer; do
    digest+=("sha256:$(sha256sum < $file | cut -c1-64)") size+=("$(stat -c %s $file)")
    location=$(curl -sf -i -X POST "$api/blobs/uploads/" | tr -d '\r' | sed -n 's/^[Ll]ocation: //p')
    curl -sf -X PUT -H 'Content-Type: application/octet-stream' --data-binary @$file "$location&digest=${digest[-1]}"
  done
  printf '{"schemaVersion":2,"mediaType":"%s.manifest.v1+json","config":{"mediaType":"%s.config.v1+json",
"digest":"%s","size":%s},"layers":[{"mediaType":"%s.layer.v1.tar","digest":"%s","size":%s}]}' \
    $oci $oci "${digest[0]}" "${size[0]}" $oci "${digest[1]}" "${size[1]}" > manifest
  curl -sf -X PUT -H "Content-Type: $oci.manifest.v1+json" --data-binary @manifest "$api/manifests/v1"
  echo "sha256:$(sha256sum < manifest | cut -c1-64)"
}

expect() { # pass|fail WHAT COMMAND...
  local wanted=$1 what=$2 got=pass; shift 2
  timeout 60 "$@" > "$WORK/log" 2>&1 || got=fail
  [[ $got == "$wanted" ]] || { cat "$WORK/log" >&2; die "$what: $got, wanted $wanted"; }
  say "as expected ($got): $what"
}

check() {
  WORK=$(mktemp -d); trap 'rm -rf "$WORK"' EXIT
  export COSIGN_PASSWORD=password TUF_ROOT=$WORK/tuf HOME=$WORK      # leaves the caller's home alone
  eval "$(environment)"; local image
  (cd "$WORK" && "$COSIGN" generate-key-pair --output-key-prefix one && "$COSIGN" generate-key-pair \
    --output-key-prefix two) 2>/dev/null
  image=$REGISTRY/check/key@$(push_image check/key)
  expect pass "sign with a key" "$COSIGN" sign -y --key "$WORK/one.key" --use-signing-config=false --tlog-upload=false \
    "$image"
  expect pass "verify it" "$COSIGN" verify --key "$WORK/one.pub" --insecure-ignore-tlog "$image"
  expect fail "verify with another key" "$COSIGN" verify --key "$WORK/two.pub" --insecure-ignore-tlog "$image"

  image=$REGISTRY/check/old@$(push_image check/old)
  expect pass "sign with a key, cosign 2" "$COSIGN2" sign -y --key "$WORK/one.key" --tlog-upload=false "$image"
  expect pass "verify it" "$COSIGN2" verify --key "$WORK/one.pub" --insecure-ignore-tlog "$image"
  expect pass "verify it with cosign 3" "$COSIGN" verify --key "$WORK/one.pub" --insecure-ignore-tlog "$image"

  image=$REGISTRY/check/token@$(push_image check/token)
  local trust=(--trusted-root "$SIGSTORE_TRUSTED_ROOT") config=(--signing-config "$SIGSTORE_SIGNING_CONFIG")
  local who=(--certificate-identity "$SIGSTORE_IDENTITY" --certificate-oidc-issuer "$SIGSTORE_ISSUER")
  expect fail "verify an unsigned image" "$COSIGN" verify "${trust[@]}" "${who[@]}" "$image"
  config+=(--identity-token "$SIGSTORE_TOKEN")
  expect pass "sign with a token" "$COSIGN" sign -y "${trust[@]}" "${config[@]}" "$image"
  expect pass "verify it" "$COSIGN" verify "${trust[@]}" "${who[@]}" "$image"
  expect pass "verify it by its timestamp" "$COSIGN" verify "${trust[@]}" "${who[@]}" --use-signed-timestamps "$image"
  expect fail "verify as another identity" "$COSIGN" verify "${trust[@]}" "${who[@]/robot/other}" "$image"
  image=$REGISTRY/check/oldtoken@$(push_image check/oldtoken)
  expect pass "sign with a token, cosign 2" "$COSIGN2" sign -y --fulcio-url "$URL" --rekor-url "$URL" \
    --identity-token "$SIGSTORE_TOKEN" "$image"
  expect pass "verify it" "$COSIGN2" verify --rekor-url "$URL" "${who[@]}" "$image"
  expect pass "verify it with cosign 3" "$COSIGN" verify "${trust[@]}" "${who[@]}" --new-bundle-format=false "$image"
  cd "$WORK"
  expect pass "sign a file" "$COSIGN" sign-blob -y "${trust[@]}" "${config[@]}" --bundle bundle.json manifest
  expect pass "verify the file" "$COSIGN" verify-blob "${trust[@]}" "${who[@]}" --bundle bundle.json manifest
  expect fail "verify another file" "$COSIGN" verify-blob "${trust[@]}" "${who[@]}" --bundle bundle.json layer
}

case ${1:-} in
  install) install ;;
  up) up ;;
  status) is_up ;;
  check) check ;;
  down) down; [[ ${2:-} != --wipe ]] || rm -rf "$RUN" ;;
  env) environment ;;
  *) usage ;;
esac
