#!/bin/sh
# A credential helper for tests: takes down how it is called and runs the answer that FakeHelper.cs has put beside it.
here=$(dirname "$0")
printf '%s %s\n' "$(basename "$0")" "$*" >> "$here/calls"
. "$here/$(basename "$0").answer"
