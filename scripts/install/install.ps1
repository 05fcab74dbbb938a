<#
.SYNOPSIS
Installs tracebloc, the command line, on Windows. docs/install.md describes it.

.DESCRIPTION
For Windows PowerShell 5.1 and PowerShell 7. Needs cosign 2.5 or newer on PATH. Nothing is changed before the signature
and the checksum are verified.

TRACEBLOC_BASE_URL names a mirror of the releases, https only. TRACEBLOC_ALLOW_UNVERIFIED=1 installs without cosign:
only the checksum is verified. A signature that is missing or wrong is an error all the same. TRACEBLOC_STALL_SECONDS
ends a download that has stalled for that long; default 60.

.PARAMETER Version
The version to install, for example 2.0.0; default: the latest. TRACEBLOC_VERSION sets it too.

.PARAMETER Prefix
The folder for tracebloc.exe, which has to exist. TRACEBLOC_PREFIX sets it too. Default:
%LOCALAPPDATA%\Programs\tracebloc
#>
[CmdletBinding()]
param([string]$Version = $env:TRACEBLOC_VERSION, [string]$Prefix = $env:TRACEBLOC_PREFIX)

function Install-Tracebloc([string]$Version, [string]$Prefix) {
    $ErrorActionPreference = 'Stop'
    $releases = 'https://github.com/tracebloc/client/releases'
    $base = if ($env:TRACEBLOC_BASE_URL) { $env:TRACEBLOC_BASE_URL.TrimEnd('/') } else { $releases }
    if ($base -notmatch '^https://.') { throw "TRACEBLOC_BASE_URL is no https address: $base" }
    if ($Version) { $Version = Read-Version $Version }
    Confirm-Platform
    $cosign = Find-Cosign
    $folder = Find-Folder $Prefix

    # Windows PowerShell offers older versions of TLS too; 12288 is TLS 1.3, which it does not know by name.
    $protocols = [Net.ServicePointManager]::SecurityProtocol
    $work = New-WorkFolder
    try {
        if ($PSVersionTable.PSVersion.Major -lt 6) { Enable-Tls }
        if (-not $Version) { $Version = Find-Latest $base }
        $name = "tracebloc-$Version-windows-amd64.exe"
        $files = @('SHA256SUMS', 'SHA256SUMS.sigstore.json', $name)
        if (-not $cosign) { $files = @('SHA256SUMS', $name) }
        foreach ($file in $files) { Get-ReleaseFile "$base/download/v$Version/$file" (Join-Path $work $file) }
        if ($cosign) { Confirm-Signature $cosign $Version (Join-Path $work 'SHA256SUMS') }
        Confirm-Checksum $work $name
        $program = Install-Program (Join-Path $work $name) $folder
        Write-Host "tracebloc $Version is installed: $program"
        Add-ToPath $folder
    }
    finally {
        [Net.ServicePointManager]::SecurityProtocol = $protocols
        Remove-Item -LiteralPath $work -Recurse -Force -ErrorAction SilentlyContinue
    }
}

# ---- what to install

# The version becomes a part of addresses and of file names.
function Read-Version([string]$text) {
    if ($text -cnotmatch '\Av?[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z]+(\.[0-9A-Za-z]+)*)?\z') {
        throw "The version is malformed: $text; an example of one is 2.0.0"
    }
    return $text.TrimStart('v')
}

function Confirm-Platform {
    if ($env:OS -ne 'Windows_NT') { throw 'This script is for Windows; on Linux and macOS use install.sh' }
    # A 32-bit PowerShell sees the processor of its own emulation.
    $processor = $env:PROCESSOR_ARCHITECTURE
    if ($env:PROCESSOR_ARCHITEW6432) { $processor = $env:PROCESSOR_ARCHITEW6432 }
    # Windows on ARM64 runs programs for AMD64.
    if (@('AMD64', 'ARM64') -notcontains $processor) { throw "There is no tracebloc for the processor $processor" }
}

function Find-Cosign {
    $cosign = Get-Command cosign -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
    if ($cosign) { return $cosign.Path }
    if ($env:TRACEBLOC_ALLOW_UNVERIFIED -ne '1') {
        throw ('The signature cannot be verified: cosign is not on PATH ' +
            '(https://docs.sigstore.dev/cosign/system_config/installation/); ' +
            'TRACEBLOC_ALLOW_UNVERIFIED=1 installs without it')
    }
    Write-Warning 'The signature is not verified: cosign is not on PATH, and TRACEBLOC_ALLOW_UNVERIFIED is 1'
}

function Find-Folder([string]$prefix) {
    if ($prefix) {
        if (-not (Test-Path -LiteralPath $prefix -PathType Container)) {
            throw "The folder $prefix is missing: create it, or name another by -Prefix"
        }
        return (Resolve-Path -LiteralPath $prefix).ProviderPath
    }
    if (-not $env:LOCALAPPDATA) { throw 'LOCALAPPDATA is not set: name a folder by -Prefix' }
    return Join-Path (Join-Path $env:LOCALAPPDATA 'Programs') 'tracebloc'
}

function Find-Latest([string]$base) {
    $request = New-Request "$base/latest"
    $request.AllowAutoRedirect = $false
    $location = ''
    try {
        $response = $request.GetResponse()
        $location = [string]$response.Headers['Location']
        $response.Close()
    }
    catch {
        $response = $_.Exception.GetBaseException().Response
        if (-not $response) {
            $cause = $_.Exception.GetBaseException().Message
            throw "The latest version is unknown: $base/latest did not answer: $cause"
        }
        $location = [string]$response.Headers['Location']
    }
    if ($location -notmatch '/tag/([^/]+)\z') {
        throw "The latest version is unknown: $base/latest leads to no release; name one by -Version"
    }
    return Read-Version $Matches[1]
}

# ---- downloads

function Enable-Tls {
    [Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType]::Tls12
    try { [Net.ServicePointManager]::SecurityProtocol = [Net.SecurityProtocolType](3072 -bor 12288) } catch { }
}

function New-Request([string]$address) {
    $seconds = 60
    if ($env:TRACEBLOC_STALL_SECONDS -and -not [int]::TryParse($env:TRACEBLOC_STALL_SECONDS, [ref]$seconds)) {
        throw "TRACEBLOC_STALL_SECONDS is no number of seconds: $env:TRACEBLOC_STALL_SECONDS"
    }
    $request = [Net.HttpWebRequest][Net.WebRequest]::Create($address)
    $request.UserAgent = 'tracebloc-install'
    $request.Timeout = $seconds * 1000
    $request.ReadWriteTimeout = $seconds * 1000
    return $request
}

function Get-ReleaseFile([string]$address, [string]$file) {
    try {
        $response = (New-Request $address).GetResponse()
        try {
            if ($response.ResponseUri.Scheme -ne 'https') { throw "it leads to $($response.ResponseUri)" }
            $length = $response.ContentLength
            $target = [IO.File]::Create($file)
            try { $response.GetResponseStream().CopyTo($target) } finally { $target.Dispose() }
            $received = (Get-Item -LiteralPath $file).Length
            if ($length -ge 0 -and $received -ne $length) { throw "the connection ended after $received bytes" }
        }
        finally { $response.Close() }
    }
    catch { throw "$address was not downloaded: $($_.Exception.GetBaseException().Message)" }
}

function New-WorkFolder {
    $folder = Join-Path ([IO.Path]::GetTempPath()) "tracebloc-$([Guid]::NewGuid().ToString('N'))"
    return (New-Item -ItemType Directory -Path $folder).FullName
}

# ---- checks

function Confirm-Signature([string]$cosign, [string]$version, [string]$sums) {
    # The identity holds the version, so that the release of another one does not pass.
    $identity = "https://github.com/tracebloc/client/.github/workflows/release.yml@refs/tags/v$version"
    # Windows PowerShell makes an exception of each line that a program writes to its standard error.
    $ErrorActionPreference = 'Continue'
    $output = & $cosign verify-blob --new-bundle-format --bundle "$sums.sigstore.json" `
        --certificate-identity $identity `
        --certificate-oidc-issuer 'https://token.actions.githubusercontent.com' $sums 2>&1
    if ($LASTEXITCODE -ne 0) {
        throw "The signature of version $version is wrong: $(@($output)[-1]); nothing was installed"
    }
}

function Confirm-Checksum([string]$work, [string]$name) {
    $lines = @(Get-Content -LiteralPath (Join-Path $work 'SHA256SUMS') |
            Where-Object { $_ -cmatch '\A([0-9a-f]{64})  (.+)\z' -and $Matches[2] -ceq $name })
    if ($lines.Count -ne 1) { throw "SHA256SUMS has no checksum of $name; nothing was installed" }
    $expected = $lines[0].Substring(0, 64)
    $actual = Get-Sha256 (Join-Path $work $name)
    if ($actual -cne $expected) {
        throw "The checksum of $name is wrong: it is $actual, and SHA256SUMS has $expected; nothing was installed"
    }
}

function Get-Sha256([string]$file) {
    $algorithm = [Security.Cryptography.SHA256]::Create()
    $stream = [IO.File]::OpenRead($file)
    try { return [BitConverter]::ToString($algorithm.ComputeHash($stream)).Replace('-', '').ToLowerInvariant() }
    finally { $stream.Dispose(); $algorithm.Dispose() }
}

# ---- the installation

function Install-Program([string]$file, [string]$folder) {
    $program = Join-Path $folder 'tracebloc.exe'
    $staged = Join-Path $folder ".tracebloc-$PID.exe"
    try {
        if (-not (Test-Path -LiteralPath $folder)) { New-Item -ItemType Directory -Path $folder -Force | Out-Null }
        Copy-Item -LiteralPath $file -Destination $staged
        if (-not (Test-Path -LiteralPath $program)) { [IO.File]::Move($staged, $program); return $program }
        # A program that runs can be renamed, but not overwritten.
        $former = Join-Path $folder ".tracebloc-former-$PID.exe"
        [IO.File]::Replace($staged, $program, $former)
        Remove-Item -LiteralPath $former -Force -ErrorAction SilentlyContinue
    }
    catch { throw "$program was not written: $($_.Exception.GetBaseException().Message)" }
    finally { Remove-Item -LiteralPath $staged -Force -ErrorAction SilentlyContinue }
    return $program
}

function Add-ToPath([string]$folder) {
    $current = Get-UserPath
    $wanted = Join-UserPath $current $folder
    if ($wanted -cne $current) {
        Set-UserPath $wanted
        Write-Host "PATH of your account has $folder now: open a new window"
    }
    $env:PATH = Join-UserPath $env:PATH $folder
}

# An empty part of PATH would mean the current folder.
function Join-UserPath([string]$current, [string]$folder) {
    $parts = @($current -split ';' | Where-Object { $_ })
    $same = @($parts | Where-Object { $_.TrimEnd('\') -eq $folder.TrimEnd('\') })
    if ($same.Count -gt 0) { return $current }
    return (@($parts) + $folder) -join ';'
}

# From the registry, so that %USERPROFILE% and the like stay what they are.
function Get-UserPath {
    $key = [Microsoft.Win32.Registry]::CurrentUser.OpenSubKey('Environment')
    $options = [Microsoft.Win32.RegistryValueOptions]::DoNotExpandEnvironmentNames
    try { return [string]$key.GetValue('Path', '', $options) }
    finally { $key.Dispose() }
}

function Set-UserPath([string]$value) {
    $key = [Microsoft.Win32.Registry]::CurrentUser.OpenSubKey('Environment', $true)
    try { $key.SetValue('Path', $value, [Microsoft.Win32.RegistryValueKind]::ExpandString) } finally { $key.Dispose() }
    # .NET sends windows the message that the environment has changed.
    [Environment]::SetEnvironmentVariable('TRACEBLOC_INSTALLED', $null, 'User')
}

Install-Tracebloc $Version $Prefix
