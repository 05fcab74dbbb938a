#!/bin/sh
# Installs tracebloc, the command line, on Linux and macOS. docs/install.md shows it at work.
#
#   install.sh [--version VERSION] [--prefix FOLDER]
#
#   --version VERSION   the version to install, for example 2.0.0; default: the latest ($TRACEBLOC_VERSION)
#   --prefix FOLDER     installs FOLDER/bin/tracebloc, and FOLDER has to exist ($TRACEBLOC_PREFIX);
#                       default: /usr/local where its bin is writable, else ~/.local
#
#   TRACEBLOC_BASE_URL            a mirror of the releases, https only
#   TRACEBLOC_ALLOW_UNVERIFIED=1  installs without cosign: only the checksum is verified. A signature that is missing
#                                 or wrong is an error all the same.
#   TRACEBLOC_STALL_SECONDS       ends a download that has stalled for that long; default 60
#
# Needs curl or GNU wget, a tool for SHA-256, and cosign 2.5 or newer. Nothing is changed before the checksum and the
# signature are verified and the new program has run once.

set -eu

RELEASES=https://github.com/tracebloc/client/releases
SIGNER=https://github.com/tracebloc/client/.github/workflows/release.yml
ISSUER=https://token.actions.githubusercontent.com
BEGIN='# >>> tracebloc >>>' END='# <<< tracebloc <<<'

say() { printf '%s\n' "$*" >&2; }
fail() { say "install.sh: $*"; exit 1; }
has() { command -v "$1" > /dev/null 2>&1; }

main() {
  version=${TRACEBLOC_VERSION:-} prefix=${TRACEBLOC_PREFIX:-}
  base=${TRACEBLOC_BASE_URL:-$RELEASES} stall=${TRACEBLOC_STALL_SECONDS:-60}
  work='' staged='' child=''
  read_arguments "$@"
  base=${base%/}
  check_input
  find_platform
  find_tools
  find_folder

  trap clean EXIT
  trap 'exit 129' HUP; trap 'exit 130' INT; trap 'exit 143' TERM
  work=$(umask 077 && mktemp -d "${TMPDIR:-/tmp}/tracebloc-XXXXXX")
  [ -n "$version" ] || find_latest
  name=tracebloc-$version-$platform
  fetch "$name"
  verify
  install_program
  add_to_path
}

# ---- what to install

read_arguments() {
  while [ $# -gt 0 ]; do
    case $1 in
      --version | --prefix)
        [ -n "${2:-}" ] || fail "$1 takes a value"
        take "$1" "$2"; shift 2 ;;
      --version=?* | --prefix=?*) take "${1%%=*}" "${1#*=}"; shift ;;
      -h | --help) usage; exit 0 ;;
      *) fail "$1 is no option: install.sh [--version VERSION] [--prefix FOLDER]" ;;
    esac
  done
}

take() { case $1 in --version) version=$2 ;; --prefix) prefix=$2 ;; esac; }

usage() {
  say 'install.sh [--version VERSION] [--prefix FOLDER]'
  say '  installs tracebloc; see https://github.com/tracebloc/client/blob/main/docs/install.md'
}

check_input() {
  case $base in https://?*) ;; *) fail "TRACEBLOC_BASE_URL is no https address: $base" ;; esac
  case $stall in '' | *[!0-9]*) fail "TRACEBLOC_STALL_SECONDS is no number of seconds: $stall" ;; esac
  [ -z "$version" ] || check_version "$version"
}

# The version becomes a part of addresses and of file names.
check_version() {
  case $1 in *[!0-9A-Za-z.-]*) fail "the version is malformed: $1; an example of one is 2.0.0" ;; esac
  printf '%s\n' "$1" | grep -Eqx 'v?[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z]+(\.[0-9A-Za-z]+)*)?' \
    || fail "the version is malformed: $1; an example of one is 2.0.0"
  version=${1#v}
}

find_platform() {
  os=$(uname -s) processor=$(uname -m)
  case $os in
    Linux) os=linux ;;
    Darwin) os=darwin ;;
    *) fail "there is no tracebloc for $os; on Windows use install.ps1" ;;
  esac
  case $processor in
    x86_64 | amd64) processor=amd64 ;;
    aarch64 | arm64) processor=arm64 ;;
    *) fail "there is no tracebloc for the processor $processor" ;;
  esac
  # Rosetta shows an Intel processor to the programs that it translates.
  if [ "$os" = darwin ] && [ "$(sysctl -n sysctl.proc_translated 2> /dev/null || :)" = 1 ]; then processor=arm64; fi
  platform=$os-$processor
}

find_tools() {
  # The wget of busybox does not verify certificates.
  if has curl; then client=curl
  elif has wget && wget --help 2>&1 | grep -q -e --secure-protocol; then client=wget
  else fail 'neither curl nor GNU wget is on PATH: install one of them'
  fi
  if has sha256sum; then hash='sha256sum'
  elif has shasum; then hash='shasum -a 256'
  elif has openssl; then hash='openssl dgst -sha256 -r'
  else fail 'the checksum cannot be verified: none of sha256sum, shasum and openssl is on PATH'
  fi
  if has cosign; then cosign=yes
  elif [ "${TRACEBLOC_ALLOW_UNVERIFIED:-}" = 1 ]; then
    cosign=no
    say 'install.sh: warning: the signature is not verified: cosign is not on PATH, and TRACEBLOC_ALLOW_UNVERIFIED is 1'
  else
    fail 'the signature cannot be verified: cosign is not on PATH' \
      '(https://docs.sigstore.dev/cosign/system_config/installation/); TRACEBLOC_ALLOW_UNVERIFIED=1 installs without it'
  fi
}

find_folder() {
  if [ -n "$prefix" ]; then
    [ -d "$prefix" ] || fail "the folder $prefix is missing: create it, or name another by --prefix"
    prefix=$(CDPATH='' cd -- "$prefix" && pwd)
  elif [ -d /usr/local/bin ] && [ -w /usr/local/bin ]; then prefix=/usr/local
  else
    [ -n "${HOME:-}" ] || fail 'HOME is not set, and /usr/local/bin is not writable: name a folder by --prefix'
    prefix=$HOME/.local
  fi
  bin=${prefix%/}/bin
  existing=$bin
  while [ ! -e "$existing" ]; do existing=$(dirname "$existing"); done
  { [ -d "$existing" ] && [ -w "$existing" ]; } || fail "$bin is not writable: name another folder by --prefix"
  [ ! -d "$bin/tracebloc" ] || fail "$bin/tracebloc is a folder: remove it, or name another folder by --prefix"
}

find_latest() {
  location=$(redirect "$base/latest") || fail "the latest version is unknown: $base/latest did not answer"
  case $location in
    */tag/*) check_version "${location##*/tag/}" ;;
    *) fail "the latest version is unknown: $base/latest leads to no release; name one by --version" ;;
  esac
}

# ---- downloads

fetch() {
  for file in SHA256SUMS SHA256SUMS.sigstore.json "$1"; do
    [ "$file" != SHA256SUMS.sigstore.json ] || [ "$cosign" = yes ] || continue
    in_background download "$base/download/v$version/$file" "$work/$file" \
      || fail "$file of version $version was not downloaded: $(cause); see $base"
  done
}

download() { # ADDRESS FILE
  case $client in
    curl) exec curl --disable --fail --silent --show-error --location --proto =https --tlsv1.2 \
      --connect-timeout "$stall" --speed-limit 1024 --speed-time "$stall" --output "$2" -- "$1" ;;
    wget) exec wget --no-verbose --secure-protocol=TLSv1_2 --tries=1 --timeout="$stall" \
      --output-document="$2" -- "$1" ;;
  esac
}

redirect() { # ADDRESS: prints where it leads
  case $client in
    curl) curl --disable --silent --show-error --output /dev/null --write-out '%{redirect_url}' \
      --proto =https --tlsv1.2 --max-time "$stall" -- "$1" ;;
    wget) wget --server-response --secure-protocol=TLSv1_2 --tries=1 --timeout="$stall" --max-redirect=0 \
      --output-document=/dev/null -- "$1" 2>&1 | sed -n 's/^ *[Ll]ocation: *\([^ ]*\).*$/\1/p' | head -n 1 ;;
  esac
}

# A shell waits for a program in the foreground to end before it acts on a signal.
in_background() {
  "$@" > /dev/null 2> "$work/log" < /dev/null & child=$!
  status=0; wait "$child" || status=$?
  child=''
  return "$status"
}

cause() { tail -n 1 "$work/log"; }

# ---- checks

verify() {
  if [ "$cosign" = yes ]; then
    # The identity holds the version, so that the release of another one does not pass.
    in_background cosign verify-blob --new-bundle-format --bundle "$work/SHA256SUMS.sigstore.json" \
      --certificate-identity "$SIGNER@refs/tags/v$version" --certificate-oidc-issuer "$ISSUER" "$work/SHA256SUMS" \
      || fail "the signature of version $version is wrong: $(cause); nothing was installed"
  fi
  expected=$(checksum_of "$name")
  [ -n "$expected" ] || fail "SHA256SUMS of version $version has no checksum of $name; nothing was installed"
  actual=$($hash < "$work/$name") || fail "the checksum of $name was not computed: $hash failed"
  actual=${actual%% *}
  [ "$actual" = "$expected" ] \
    || fail "the checksum of $name is wrong: it is $actual, and SHA256SUMS has $expected; nothing was installed"
}

checksum_of() { # FILE
  while read -r sum file; do
    [ "$file" != "$1" ] || printf '%s\n' "$sum"
  done < "$work/SHA256SUMS"
}

# ---- the installation

install_program() {
  staged=$( (umask 022 && mkdir -p "$bin" && mktemp "$bin/.tracebloc-XXXXXX") 2> /dev/null) \
    || fail "$bin is not writable: name another folder by --prefix"
  cp "$work/$name" "$staged" || fail "$bin has no room for tracebloc"
  chmod 755 "$staged"
  in_background "$staged" --version || fail "tracebloc $version does not run on this machine: $(cause)"
  mv -f "$staged" "$bin/tracebloc"
  staged=''
  say "tracebloc $version is installed: $bin/tracebloc"
}

add_to_path() {
  case ":$PATH:" in *":$bin:"*) return ;; esac
  find_startup_file
  case $bin in
    *[:\'\\]* | *"
"*) startup='' ;;
  esac
  if [ -z "$startup" ] || ! write_block; then say "Add $bin to PATH."
  else say "PATH gets $bin from $startup: open a new shell, or run $bin/tracebloc"
  fi
}

find_startup_file() {
  line="case \":\$PATH:\" in *:'$bin':*) ;; *) PATH='$bin':\$PATH; export PATH ;; esac"
  [ -n "${HOME:-}" ] || { startup=''; return; }
  case ${SHELL:-} in
    */zsh) startup=${ZDOTDIR:-$HOME}/.zshrc ;;
    */bash) if [ "$os" = darwin ]; then startup=$HOME/.bash_profile; else startup=$HOME/.bashrc; fi ;;
    */fish) startup=${XDG_CONFIG_HOME:-$HOME/.config}/fish/config.fish
      line="contains '$bin' \$PATH; or set -gx PATH '$bin' \$PATH" ;;
    *) startup=$HOME/.profile ;;
  esac
}

# One block, between two lines that belong to this script; the rest of the file is the user's.
write_block() {
  block="$BEGIN
$line
$END"
  mkdir -p "$(dirname "$startup")" 2> /dev/null || return 1
  if [ ! -e "$startup" ] || ! grep -Fqx "$BEGIN" "$startup"; then
    (printf '\n%s\n' "$block" >> "$startup") 2> /dev/null
  elif grep -Fqx "$line" "$startup"; then return 0
  else replace_block
  fi
}

replace_block() {
  { [ "$(grep -Fcx "$BEGIN" "$startup")" = 1 ] && [ "$(grep -Fcx "$END" "$startup")" = 1 ]; } || return 1
  [ -w "$startup" ] || return 1
  sed "/^$BEGIN\$/,/^$END\$/d" "$startup" > "$work/startup"
  printf '%s\n' "$block" >> "$work/startup"
  # In place, since the file may be a link into a repository; and whole, whatever signal comes.
  trap '' HUP INT TERM
  cat "$work/startup" > "$startup"
}

clean() {
  [ -z "$child" ] || kill "$child" 2> /dev/null || :
  [ -z "$staged" ] || rm -f "$staged"
  [ -z "$work" ] || rm -rf "$work"
}

# Last, and in braces: a script that was downloaded in part does nothing.
{ main "$@"; }
