using System.Diagnostics;
using System.Runtime.CompilerServices;
using Tracebloc.Net.Files;

namespace Tracebloc.Net.Tests;

/// <summary>
/// Writes a file where a script has mounted something, in a mount namespace of its own. The script replaces itself by
/// this program, which writes before any test is looked for.
/// </summary>
internal static class MountedWriter
{
    private const string Question = "WRITE_MOUNTED";

    /// <param name="file">The file to write.</param>
    /// <param name="mounts">Commands of a shell in the file's folder.</param>
    /// <param name="token">The test's.</param>
    /// <returns>What went wrong, or nothing.</returns>
    public static async Task<string> WriteAsync(string file, string mounts, CancellationToken token)
    {
        var start = new ProcessStartInfo(
            "unshare", ["--mount", "sh", "-euc", $"{mounts}\nexec \"$0\" \"$1\"", Environment.ProcessPath!, file])
        {
            WorkingDirectory = Path.GetDirectoryName(file),
            RedirectStandardOutput = true,
        };
        start.Environment[Question] = "1";
        using var child = Process.Start(start)!;
        var answer = await child.StandardOutput.ReadToEndAsync(token);
        await child.WaitForExitAsync(token);
        Assert.Equal(0, child.ExitCode);
        return answer.Trim();
    }

    [ModuleInitializer]
    internal static void Answer()
    {
        if (Environment.GetEnvironmentVariable(Question) is null)
            return;
        try
        {
            FileReplacement.Write(Environment.GetCommandLineArgs()[1], "new"u8);
        }
        catch (IOException refused)
        {
            Console.WriteLine(refused.Message);
        }

        Environment.Exit(0);
    }
}
