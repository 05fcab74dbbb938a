using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Distribution;

/// <summary>A shell that runs the installer.</summary>
/// <param name="File">The shell.</param>
/// <param name="Arguments">Before those of the installer.</param>
internal sealed record InstallShell(string File, IReadOnlyList<string> Arguments)
{
    public static string Script { get; } = Documents.Locate("scripts/install/install.sh");

    public static string PowerShellScript { get; } = Documents.Locate("scripts/install/install.ps1");

    // The registry is Windows' own, so that a file stands in for the account's PATH.
    private const string Harness =
        """
        $ast = [Management.Automation.Language.Parser]::ParseFile($env:INSTALLER, [ref]$null, [ref]$null)
        $isFunction = { $args[0] -is [Management.Automation.Language.FunctionDefinitionAst] }
        foreach ($one in $ast.FindAll($isFunction, $false)) { . ([scriptblock]::Create($one.Extent.Text)) }
        function Get-UserPath { if (Test-Path $env:USER_PATH) { [IO.File]::ReadAllText($env:USER_PATH) } else { '' } }
        function Set-UserPath([string]$value) { [IO.File]::WriteAllText($env:USER_PATH, $value) }
        $ErrorView = 'ConciseView'; $PSStyle.OutputRendering = 'PlainText'
        try { Install-Tracebloc $env:TRACEBLOC_VERSION $env:TRACEBLOC_PREFIX }
        catch { [Console]::Error.WriteLine($_.Exception.Message); exit 1 }
        """;

    /// <param name="name">dash or busybox.</param>
    /// <param name="token">Ends the search.</param>
    public static async Task<InstallShell> OfAsync(string name, CancellationToken token) => name == "dash"
        ? new InstallShell("/bin/dash", [Script])
        : new InstallShell(await ExportAsync("BUSYBOX", token), ["sh", Script]);

    /// <summary>PowerShell 7 on Linux, which the script takes for Windows by <see cref="OnWindows"/>.</summary>
    public static async Task<InstallShell> PowerShellAsync(CancellationToken token) => new(
        "/usr/bin/env", ["dotnet", await ExportAsync("PWSH", token), "-NoLogo", "-NoProfile", "-Command", Harness]);

    /// <summary>A program of scripts/shells.sh.</summary>
    public static async Task<string> ExportAsync(string name, CancellationToken token) =>
        (await ScriptExports.ReadAsync(RealParts.ShellsScript ?? "", "env", token))[name] ?? "";

    /// <summary>The variables of a machine with Windows.</summary>
    public static void OnWindows(InstallScene scene)
    {
        scene.Provide("dotnet");
        scene.With("OS", "Windows_NT").With("PROCESSOR_ARCHITECTURE", "AMD64")
            .With("LOCALAPPDATA", Path.Combine(scene.Home, "AppData"))
            .With("USER_PATH", Path.Combine(scene.Home, "user-path"))
            .With("INSTALLER", PowerShellScript)
            .With("TRACEBLOC_VERSION", SignedRelease.Version)
            .With("TRACEBLOC_PREFIX", scene.Bin)
            .With("DOTNET_CLI_TELEMETRY_OPTOUT", "1").With("POWERSHELL_TELEMETRY_OPTOUT", "1");
    }
}
