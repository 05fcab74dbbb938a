#!/usr/bin/env bash
# What publishing needs beside .NET: NativeAOT links with a C compiler.
#
#   native.sh amd64      a C compiler for this machine; whatever is on PATH is good enough
#   native.sh arm64      Debian's cross compiler for arm64, and QEMU, which runs what it has linked
#   native.sh root       an arm64 root for QEMU (-L), made of Debian packages once for this user; prints its folder
#
# Packages are installed only where a command is missing, which takes root and Debian.

set -euo pipefail

CACHE=${NATIVE_HOME:-$HOME/.cache/tracebloc-native}
mkdir -p "$CACHE"
exec 9> "$CACHE/lock"; flock 9      # a second call waits, and then finds everything there

install() { # PACKAGE...
  ((EUID == 0)) && command -v apt-get > /dev/null \
    || { printf 'missing, and installing them takes root on Debian: %s\n' "$*" >&2; exit 1; }
  export DEBIAN_FRONTEND=noninteractive
  { apt-get -qq -o DPkg::Lock::Timeout=300 update
    apt-get -qq -o DPkg::Lock::Timeout=300 --yes --no-install-recommends install "$@"
  } < /dev/null > "$CACHE/apt.log" 2>&1 || { tail -n 20 "$CACHE/apt.log" >&2; exit 1; }
}

amd64() { command -v clang gcc > /dev/null || install gcc libc6-dev; }      # one of the two

arm64() {
  command -v aarch64-linux-gnu-gcc > /dev/null && command -v qemu-aarch64-static > /dev/null \
    && [[ -e /usr/aarch64-linux-gnu/lib/Scrt1.o ]] \
    || install gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static
}

root() {
  if [[ ! -d $CACHE/arm64 ]]; then
    local work; work=$(mktemp -d "$CACHE/root-XXXXXX"); chmod 755 "$work"
    ARCHITECTURE=arm64 "${BASH_SOURCE[0]%/*}/debian-image.sh" rootfs "$work" libc6 libssl3 ca-certificates >&2
    mv "$work" "$CACHE/arm64"
  fi
  printf '%s\n' "$CACHE/arm64"
}

case ${1:-} in
  amd64 | arm64 | root) "$1" ;;
  *) sed -n '2,/^$/{s/^# \{0,1\}//p}' "$0"; exit 2 ;;
esac
