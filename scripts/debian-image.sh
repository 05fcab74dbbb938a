#!/usr/bin/env bash
# Container images out of Debian packages, for machines that reach no image registry.
#
#   debian-image.sh rootfs FOLDER PACKAGE...   unpack packages, and all that they depend on, into FOLDER
#   debian-image.sh base NAME                  commit, as NAME, what a native .NET program needs: the C library,
#                                              OpenSSL, the certificate authorities, and no shell
#   debian-image.sh layer FOLDER PACKAGE...    the same as rootfs for a layer over `base`, or over another base of that
#                                              contents: without its packages, and nothing in /lib, a link there
#
# Each package leaves its description in /var/lib/dpkg/status.d, where scanners of images look for it.
#
# ARCHITECTURE names another than this machine's, arm64 or amd64. Nothing is installed and nothing runs, neither a
# package's script nor its programs. Needs apt-get; `base` needs buildah.

set -euo pipefail

# Maintainer scripts never run here, so what serves only them is left out.
UNUSED='debconf|openssl|dpkg|tar|perl.*|libperl.*|.*-perl'
# What `base` holds.
BASE='libc6|libgcc-s1|gcc-.*-base|libssl3.*|ca-certificates'
MACHINE=$(dpkg --print-architecture)
ARCHITECTURE=${ARCHITECTURE:-$MACHINE}

# The lists of another architecture are kept apart, and of no use to the machine itself.
APT=(apt-get -qq -o APT::Sandbox::User=root)
if [[ $ARCHITECTURE != "$MACHINE" ]]; then
  LISTS=$HOME/.cache/tracebloc-native/apt-$ARCHITECTURE
  mkdir -p "$LISTS/lists/partial" "$LISTS/cache"
  APT+=(-o APT::Architecture="$ARCHITECTURE" -o APT::Architectures::="$ARCHITECTURE"
    -o Dir::State::Lists="$LISTS/lists" -o Dir::Cache="$LISTS/cache")
fi

rootfs() { # FOLDER PACKAGE...
  local folder=$1 described=$1/var/lib/dpkg/status.d debs deb name; shift
  debs=$(mktemp -d); mkdir "$debs/partial"
  # Lists that are missing or old are fetched, which needs root; new ones need nothing.
  fetch "$debs" "$@" 2> /dev/null || { "${APT[@]}" update; fetch "$debs" "$@"; }
  mkdir -p "$described"
  for deb in "$debs"/*.deb; do
    name=${deb##*/} name=${name%%_*}
    [[ ! $name =~ ^($UNUSED)$ ]] || continue
    dpkg-deb -x "$deb" "$folder"
    dpkg-deb -f "$deb" > "$described/$name"
  done
  rm -rf "$debs" "$folder"/usr/share/{doc,man,locale,lintian,bug}
}

layer() { # FOLDER PACKAGE...
  UNUSED+="|$BASE"
  rootfs "$@"
  mkdir -p "$1/usr/lib"
  [[ ! -d $1/lib ]] || { cp -a "$1/lib/." "$1/usr/lib"; rm -r "$1/lib"; }
  rm -rf "$1"/usr/share
}

fetch() { # FOLDER PACKAGE...
  local folder=$1; shift
  # An empty status file: apt then takes nothing for installed, and finds every dependency.
  "${APT[@]}" -o Dir::State::status=/dev/null -o Dir::Cache::archives="$folder" -o Debug::NoLocking=1 \
    --no-install-recommends --download-only --yes install "$@" > /dev/null
}

base() { # NAME
  local root; root=$(mktemp -d); trap "rm -rf '$root'" EXIT
  chmod 755 "$root"
  rootfs "$root" libc6 libssl3 ca-certificates
  mkdir -p "$root"/etc/ssl/certs; mkdir -m 1777 "$root/tmp"
  cat "$root"/usr/share/ca-certificates/mozilla/*.crt > "$root/etc/ssl/certs/ca-certificates.crt"
  rm -rf "$root"/usr/share "$root"/usr/lib/*/gconv "$root"/usr/sbin
  printf 'root:x:0:0::/root:/sbin/nologin\nnonroot:x:65532:65532::/:/sbin/nologin\n' > "$root/etc/passwd"
  printf 'root:x:0:\nnonroot:x:65532:\n' > "$root/etc/group"
  printf 'hosts: files dns\n' > "$root/etc/nsswitch.conf"
  printf 'FROM scratch\nCOPY . /\n' |
    buildah bud --quiet --platform "linux/$ARCHITECTURE" --timestamp 0 --identity-label=false --tag "$1" --file - \
    "$root" > /dev/null
}

case ${1:-} in
  rootfs) shift; rootfs "$@" ;;
  base) base "$2" ;;
  layer) shift; layer "$@" ;;
  *) sed -n '2,/^$/{s/^# \{0,1\}//p}' "$0"; exit 2 ;;
esac
