using System.Diagnostics;
using Tracebloc.Hosting;

namespace Tracebloc.ImageRefresh.Tests.Verbs;

/// <summary>The program as it is built, started: what it returns must leave the process.</summary>
public sealed class CommandLineProcessTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private static readonly string? Version = typeof(App).Assembly.GetName().Version?.ToString(3);

    [Theory]
    [InlineData("--help", ExitCodes.Done, "Usage:", "")]
    [InlineData("run --help", ExitCodes.Done, "--dry-run", "")]
    [InlineData("--version", ExitCodes.Done, "VERSION", "")]
    [InlineData("", ExitCodes.Done, "Usage:", "")]
    [InlineData("run", ExitCodes.Usage, "", "See image-refresh run --help")]
    [InlineData("resolve a --output xml", ExitCodes.Usage, "", "See image-refresh resolve --help")]
    public async Task The_exit_code_leaves_the_process(string args, int exitCode, string output, string error)
    {
        var end = await RunAsync(args);

        Assert.Equal(exitCode, end.ExitCode);
        Assert.Contains(output.Replace("VERSION", Version), end.Output, StringComparison.Ordinal);
        Assert.Contains(error, end.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Europe/Berlin", ExitCodes.Usage, "there is no time zone data here; install tzdata, or use UTC")]
    [InlineData("UTC", ExitCodes.Usage, "refresh.yaml: current-context")]
    public async Task Without_time_zone_data_no_zone_but_UTC_is_taken(string zone, int exitCode, string error)
    {
        using var file = new ConfigurationFile();
        file.With("refresh.yaml", $"""
            {ConfigurationFile.Head}images:
              - name: web
                image: registry.example.com/web:stable
                workload: deployment/web
                action: restart
                windows: [Mon-Fri 22:00-04:00 {zone}]
            """);

        var end = await RunAsync($"run --config {file.Path} --kubeconfig {file.Path}", ("TZDIR", "/nonexistent"));

        Assert.Equal(exitCode, end.ExitCode);
        Assert.Contains(error, end.Error, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string args, params (string Name, string Value)[] variables)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "image-refresh");
        var start = new ProcessStartInfo(program, args.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        using var process = Process.Start(start);
        Assert.NotNull(process);
        var token = TestContext.Current.CancellationToken;
        var stdout = process.StandardOutput.ReadToEndAsync(token);
        var stderr = process.StandardError.ReadToEndAsync(token);
        await process.WaitForExitAsync(token).WaitAsync(Deadline, token);
        return (process.ExitCode, await stdout, await stderr);
    }
}
