using System.Diagnostics;
using Tracebloc.Hosting;

namespace Tracebloc.ImageRefresh.Tests;

/// <summary>The program as it is built, started: what it returns must leave the process.</summary>
public sealed class CommandLineProcessTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private static readonly string? Version = typeof(CommandLine).Assembly.GetName().Version?.ToString(3);

    [Theory]
    [InlineData("--help", ExitCode.Done, "Usage:", "")]
    [InlineData("run --help", ExitCode.Done, "--dry-run", "")]
    [InlineData("--version", ExitCode.Done, "VERSION", "")]
    [InlineData("", ExitCode.Usage, "", "See image-refresh --help")]
    [InlineData("run", ExitCode.Usage, "", "See image-refresh run --help")]
    [InlineData("resolve a --output xml", ExitCode.Usage, "", "See image-refresh resolve --help")]
    public async Task The_exit_code_leaves_the_process(string args, int exitCode, string output, string error)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "image-refresh");
        string[] words = args.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        using var process = Process.Start(new ProcessStartInfo(program, words)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        Assert.NotNull(process);
        var token = TestContext.Current.CancellationToken;
        var stdout = process.StandardOutput.ReadToEndAsync(token);
        var stderr = process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token).WaitAsync(Deadline, token);
        Assert.Equal(exitCode, process.ExitCode);
        Assert.Contains(output.Replace("VERSION", Version), await stdout, StringComparison.Ordinal);
        Assert.Contains(error, await stderr, StringComparison.Ordinal);
    }
}
