using Tracebloc.ImageRefresh;
using Tracebloc.ImageRefresh.ChartUpgrade;
using Tracebloc.ImageRefresh.Tests;

namespace Tracebloc.Charts.Tests.Rendered;

/// <summary>The arguments of a container, read by the program that gets them.</summary>
internal static class WorkerCommandLine
{
    public static Task<RunOptions> RunAsync(IReadOnlyList<string> arguments) =>
        ReadAsync<RunOptions>(arguments);

    /// <summary>chart-upgrade takes options only.</summary>
    public static Task<ChartUpgradeOptions> ChartUpgradeAsync(IReadOnlyList<string> arguments) =>
        ReadAsync<ChartUpgradeOptions>(["chart-upgrade", .. arguments]);

    private static async Task<TOptions> ReadAsync<TOptions>(IReadOnlyList<string> arguments)
    {
        var commands = new RecordedCommands();
        using var console = new StringConsole();
        await console.InvokeAsync(commands, [.. arguments]);
        Assert.Equal("", console.Error);
        return Assert.IsType<TOptions>(commands.Called);
    }
}
