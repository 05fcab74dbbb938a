#!/usr/bin/env bash
# Runs a program under strace (package of Debian bookworm) and sends it a signal at one of its calls to the file system.
# Nothing is installed on the machine: see parts-lib.sh.
#
#   trace.sh install      fetch and unpack strace
#   trace.sh run FOLDER PROGRAM [ARGUMENT...]
#                         print the calls that change something below FOLDER, a line each
#   trace.sh signal NAME CALL FOLDER PROGRAM [ARGUMENT...]
#                         the same, and send the signal after call number CALL: KILL, or TERM
#
# strace stops all threads of the program after each call; the signal is sent while they stand. The exit code is the
# program's. copy_file_range is not among the calls: stopped, it starts anew. The close of the copy stands for it.

set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/parts-lib.sh"

CHANGES='mkdir|mkdirat|rename|renameat|renameat2|unlink|unlinkat|rmdir|ftruncate|pwrite64'
CALLS=${CHANGES//|/,},openat,close

install() { debs bookworm strace strace; wrap strace usr/bin/strace; }

run() { signal NONE 0 "$@"; } # FOLDER PROGRAM [ARGUMENT...]

signal() { # NAME CALL FOLDER PROGRAM [ARGUMENT...]
  local name=$1 last=$2 folder=$3 count=0 sent='' thread rest code=0; shift 3
  [[ -x $BIN/strace ]] || die "run '$0 install' first"
  exec 5>&2
  while read -r thread rest; do
    case $rest in
      '--- stopped by SIGSTOP ---')
        if [[ $name != NONE ]] && ((count >= last)); then
          if kill -s "$name" "$thread" 2>/dev/null; then sent=$name; fi
          name=NONE
        fi
        kill -s CONT "$thread" 2>/dev/null || true ;;      # a thread may have ended since
      *"$folder/"*) ! changes "$rest" || { ((++count)); printf '%s\n' "$rest"; } ;;
    esac
  done < <(exec "$BIN/strace" -f -y -qq -o /dev/fd/3 -e "trace=$CALLS" -e "inject=$CALLS:signal=STOP" "$@" 3>&1 >&5)
  wait $! || code=$?
  [[ $sent != KILL ]] || code=137      # strace itself may fail when the thread that it has just stopped is killed
  return "$code"
}

changes() { # LINE: whether the call changes something, or closes a copy of a file
  case $1 in
    openat*O_CREAT* | close*/.tracebloc/*/data/*) ;;
    *) [[ $1 =~ ^($CHANGES)\( ]] ;;
  esac
}

case ${1:-} in
  install | run | signal) "$@" ;;
  *) usage ;;
esac
