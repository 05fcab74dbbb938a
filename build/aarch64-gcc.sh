#!/bin/sh
# Debian's cross compiler as the linker of NativeAOT, which speaks to clang: gcc knows no --target.
for argument in "$@"; do
  shift
  case $argument in --target=*) ;; *) set -- "$@" "$argument" ;; esac
done
exec aarch64-linux-gnu-gcc "$@"
