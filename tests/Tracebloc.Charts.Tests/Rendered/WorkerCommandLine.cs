using Tracebloc.ChartUpgrade.Options;
using Tracebloc.ImageRefresh.Verbs;

namespace Tracebloc.Charts.Tests.Rendered;

/// <summary>The arguments of a container, read by the program that gets them.</summary>
internal static class WorkerCommandLine
{
    public static RunOptions Run(IReadOnlyList<string> arguments) =>
        Assert.IsType<RunOptions>(ImageRefresh.App.CommandLine().Read(arguments));

    public static ChartUpgradeOptions Upgrade(IReadOnlyList<string> arguments) =>
        Assert.IsType<ChartUpgradeOptions>(ChartUpgrade.App.CommandLine().Read(arguments));
}
