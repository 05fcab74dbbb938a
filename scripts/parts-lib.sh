# shellcheck shell=bash disable=SC2034,SC2054
# Functions that the scripts beside this file share: Debian packages without installing them, TLS, processes.
#
# `debs` fetches packages of any Debian suite through an apt configuration of its own and unpacks them below
# $PARTS_HOME. Their programs run with the loader and the libraries that were unpacked with them. So a program of Debian
# sid runs on bookworm, without root. Packages come from the apt source that the machine has for its own release.
#
#   $PARTS_HOME/root/NAME   the packages that one part needs, unpacked; NAME/versions lists them
#   $PARTS_HOME/bin         wrappers that run a program of such a root
#   $PARTS_HOME/run/NAME    a running server: log, pid, data
#   $PARTS_HOME/tls         ca.crt, and server.crt and server.key for localhost and 127.0.0.1

PARTS_HOME=${PARTS_HOME:-$HOME/.cache/tracebloc-parts}
BIN=$PARTS_HOME/bin TLS=$PARTS_HOME/tls

# Servers that refuse root, or behave differently as root, run as an unprivileged user that may read below root's home.
UNPRIVILEGED=()
((EUID != 0)) || UNPRIVILEGED=(setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs
  --inh-caps=-all,+dac_read_search --ambient-caps=-all,+dac_read_search)

say() { printf '[%s] %s\n' "$(basename "$0" .sh)" "$*" >&2; }
die() { say "$*"; exit 1; }
usage() { sed -n '2,/^$/{s/^# \{0,1\}//p}' "$0"; exit 2; }

need() { # PROGRAM...
  local name
  for name in "$@"; do command -v "$name" >/dev/null || die "$name is not on PATH: install it and run this again"; done
}

# ---- packages

sources() { # SUITE FOLDER [TYPE]: the machine's own apt source for its release, with SUITE in that release's place
  local release; release=$(. /etc/os-release; echo "${VERSION_CODENAME:?}")
  # shellcheck disable=SC2046
  awk -v RS= -v release="$release" -v suite="$1" -v type="${3:-deb}" '
      /(^|\n)Enabled:[ \t]*no/ { next }
      $0 ~ "(^|\n)Suites:([^\n]*[ \t])?" release "([ \t\n]|$)" {
        gsub(/(^|\n)#[^\n]*/, ""); sub(/Suites:[^\n]*/, "Suites: " suite)
        sub(/Components:[^\n]*/, "Components: main"); sub(/Types:[^\n]*/, "Types: " type); print; exit }' \
    /dev/null $(compgen -G '/etc/apt/sources.list.d/*.sources') > "$2/suite.sources"
  # shellcheck disable=SC2046
  sed -nE "s/^deb((\s+\[[^]]*\])?\s+\S+)\s+$release\s.*/${3:-deb}\1 $1 main/p" \
    /dev/null $(compgen -G '/etc/apt/sources.list'; compgen -G '/etc/apt/sources.list.d/*.list') > "$2/suite.list"
  [[ -s $2/suite.sources || -s $2/suite.list ]] || die "no apt source for $release was found below /etc/apt"
}

apt_of() { # SUITE FOLDER [TYPE]: writes FOLDER/apt.conf, for that suite alone, and fetches the lists of packages
  need apt-get awk
  mkdir -p "$2"/{sources,state/lists/partial,cache/archives/partial}
  sources "$1" "$2/sources" "${3:-deb}"; : > "$2/status"
  cat > "$2/apt.conf" <<C
Dir::Etc { sourcelist "/dev/null"; sourceparts "$2/sources"; preferences "/dev/null"; preferencesparts "/dev/null"; };
Dir::State "$2/state"; Dir::State::status "$2/status"; Dir::Cache "$2/cache";
APT::Install-Recommends "false"; APT::Sandbox::User "";
Acquire::Languages "none"; Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
C
  APT_CONFIG=$2/apt.conf apt-get -qq update
}

debs() { # SUITE NAME PACKAGE...: the packages and all that they depend on, in $PARTS_HOME/root/NAME
  local suite=$1 root=$PARTS_HOME/root/$2 apt=$PARTS_HOME/apt/$1; shift 2
  ! has_debs "$root" "$suite $*" || return 0
  need dpkg-deb tar
  mkdir -p "$apt"
  exec 8> "$PARTS_HOME/install.lock"; flock 8      # a second install waits, and then finds the packages
  if ! has_debs "$root" "$suite $*"; then
    say "fetching $* from Debian $suite"
    apt_of "$suite" "$apt"
    rm -f "$apt"/cache/archives/*.deb
    APT_CONFIG=$apt/apt.conf apt-get -qq -y --download-only install "$@" < /dev/null > "$apt/log" 2>&1 ||
      { tail -n 5 "$apt/log" >&2; die "apt-get failed: see $apt/log"; }
    unpack "$root.new" "$apt"/cache/archives/*.deb
    rm -f "$apt"/cache/archives/*.deb
    echo "$suite $*" > "$root.new/packages"
    rm -rf "$root"; mv "$root.new" "$root"
  fi
  flock -u 8
}

has_debs() { [[ $(cat "$1/packages" 2>/dev/null) == "$2" ]]; } # ROOT "SUITE PACKAGE..."

unpack() { # FOLDER DEB...: with the merged /usr of today's Debian, and without documentation
  local root=$1 name file; shift
  rm -rf "$root"; mkdir -p "$root"/usr/{bin,sbin,lib,lib64}
  for name in bin sbin lib lib64; do ln -s "usr/$name" "$root/$name"; done
  for file in "$@"; do
    dpkg-deb --fsys-tarfile "$file" | tar -x -C "$root" --no-same-owner --keep-directory-symlink \
      --exclude=./usr/share/doc --exclude=./usr/share/man --exclude=./usr/share/locale
    basename "$file" .deb >> "$root/versions"
  done
}

wrap() { # NAME PROGRAM [AS]: $PARTS_HOME/bin/AS runs PROGRAM, usr/bin/cosign say, of that root
  local root=$PARTS_HOME/root/$1 as=${3:-${2##*/}} loader
  loader=$(compgen -G "$root/usr/lib/*-linux-gnu*/ld-linux*.so.*") || die "$root has no loader: run install again"
  [[ -x $root/$2 ]] || die "$root has no $2: run install again"
  mkdir -p "$BIN"
  printf '#!/bin/sh\nexec %q --argv0 %q --library-path %q %q "$@"\n' \
    "$loader" "$root/$2" "${loader%/*}" "$root/$2" > "$BIN/.$as.$$"
  chmod 755 "$BIN/.$as.$$"; mv "$BIN/.$as.$$" "$BIN/$as"
}

npm_package() { # NAME@VERSION: in $PARTS_HOME/npm, once
  local folder=$PARTS_HOME/npm/${1//\//+}
  [[ ! -f $folder/done ]] || return 0
  need npm node
  say "fetching $1 with npm"
  mkdir -p "$folder"
  npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --loglevel=error "$1" >&2
  touch "$folder/done"
}

# ---- TLS

certificates() { # while they are valid, once; the key of the authority is deleted
  need openssl
  ! openssl x509 -checkend 86400 -noout -in "$TLS/server.crt" >/dev/null 2>&1 || return 0
  (umask 077; rm -rf "$TLS.new" && mkdir -p "$TLS.new" && cd "$TLS.new" &&
    openssl req -x509 -newkey rsa:2048 -nodes -days 365 -keyout ca.key -out ca.crt -subj "/CN=loopback test authority" \
      -addext keyUsage=critical,keyCertSign,cRLSign &&
    openssl req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=localhost &&
    openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 365 -out server.crt -extfile <(
      printf '%s\n' subjectAltName=DNS:localhost,IP:127.0.0.1 extendedKeyUsage=serverAuth basicConstraints=CA:FALSE) &&
    rm ca.key ca.srl server.csr && chmod 644 ca.crt server.crt
  ) 2> "$PARTS_HOME/tls.log" || die "openssl failed: see $PARTS_HOME/tls.log"
  rm -rf "$TLS"; mv "$TLS.new" "$TLS"
}

# ---- processes: $RUN is the folder with their logs and process ids

start() { # NAME COMMAND...: in the background, logged, with its process id kept for `stop`
  local name=$1; shift
  setsid "$@" > "$RUN/$name.log" 2>&1 < /dev/null 8>&- 9>&- &
  echo $! > "$RUN/$name.pid"
}

alive() { kill -0 "$(cat "$RUN/$1.pid" 2>/dev/null || echo x)" 2>/dev/null; } # NAME

wait_for() { # SECONDS NAME COMMAND...: until COMMAND succeeds; gives up at once when the process NAME has ended
  local seconds=$1 name=$2 i; shift 2
  for ((i = 0; i < seconds * 10; i++)); do
    "$@" >/dev/null 2>&1 && return
    alive "$name" || break
    sleep 0.1
  done
  tail -n 5 "$RUN/$name.log" >&2
  stop "$name"
  die "$name did not become ready within $seconds s: its last lines are above"
}

stop() { # NAME: the process group that `start` made, with SIGTERM, and after 20 s with SIGKILL
  local pid i; pid=$(cat "$RUN/$1.pid" 2>/dev/null) || return 0
  rm -f "$RUN/$1.pid"
  kill -TERM -- "-$pid" 2>/dev/null || return 0
  for ((i = 0; i < 200; i++)); do
    has_processes "$pid" || return 0
    sleep 0.1
  done
  kill -KILL -- "-$pid" 2>/dev/null || true
}

has_processes() { # GROUP; zombies do not count, since some containers have no init that reaps them
  local stat line fields
  for stat in /proc/[0-9]*/stat; do
    { read -r line < "$stat"; } 2>/dev/null || continue
    read -r -a fields <<< "${line##*) }"      # state, parent, group
    [[ ${fields[2]} != "$1" || ${fields[0]} == Z ]] || return 0
  done
  return 1
}
