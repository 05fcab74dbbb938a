#!/usr/bin/env bash
# What runs the installers of scripts/install in tests, and the binary for Windows: busybox and shellcheck of Debian
# bookworm, PowerShell 7 (the package Microsoft.PowerShell.SDK in a host of three lines), and Debian's Wine.
# All but Wine is unpacked below $PARTS_HOME: see parts-lib.sh. Wine finds its parts in /usr alone, so that it is
# installed, which takes root.
#
#   shells.sh install    fetch what is missing; needs the .NET SDK
#   shells.sh env        print exports: BUSYBOX, SHELLCHECK, PWSH, WINE

set -euo pipefail
. "$(dirname "$(readlink -f "$0")")/parts-lib.sh"

POWERSHELL=7.6.9 PWSH=$PARTS_HOME/pwsh-7.6.9

install() {
  debs bookworm shells busybox-static shellcheck
  wrap_static shells usr/bin/busybox; wrap shells usr/bin/shellcheck
  [[ -f $PWSH/pwsh.dll ]] || powershell
  command -v wine > /dev/null || windows
}

wrap_static() { mkdir -p "$BIN"; ln -sf "$PARTS_HOME/root/$1/$2" "$BIN/${2##*/}"; } # NAME PROGRAM

powershell() {
  need dotnet
  say "building a host of PowerShell $POWERSHELL"
  local work; work=$(mktemp -d "$PARTS_HOME/pwsh-XXXXXX")
  cat > "$work/pwsh.csproj" <<C
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
  <ItemGroup><PackageReference Include="Microsoft.PowerShell.SDK" Version="$POWERSHELL" /></ItemGroup>
</Project>
C
  echo 'return Microsoft.PowerShell.UnmanagedPSEntry.Start(args, args.Length);' > "$work/Program.cs"
  dotnet build "$work" -c Release -o "$work/out" -nodeReuse:false -v quiet -nologo > "$work/log" 2>&1 \
    || { tail -n 20 "$work/log" >&2; die "PowerShell was not built"; }
  mv "$work/out" "$PWSH"; rm -rf "$work"
}

windows() {
  ((EUID == 0)) && command -v apt-get > /dev/null || die "wine is missing, and installing it takes root on Debian"
  say "installing wine"
  export DEBIAN_FRONTEND=noninteractive
  { apt-get -qq -o DPkg::Lock::Timeout=300 update
    apt-get -qq -o DPkg::Lock::Timeout=300 --yes --no-install-recommends install wine wine64
  } < /dev/null > "$PARTS_HOME/wine.log" 2>&1 || { tail -n 20 "$PARTS_HOME/wine.log" >&2; die "apt-get failed"; }
}

environment() {
  [[ -x $BIN/busybox && -f $PWSH/pwsh.dll ]] || die "run '$0 install' first"
  printf 'export %s=%q\n' BUSYBOX "$BIN/busybox" SHELLCHECK "$BIN/shellcheck" PWSH "$PWSH/pwsh.dll" \
    WINE "$(command -v wine)"
}

case ${1:-} in
  install) install ;;
  env) environment ;;
  *) usage ;;
esac
