namespace Tracebloc.ImageRefresh.ChartUpgrade;

/// <summary><c>image-refresh chart-upgrade</c>: one look at a release, and the upgrade that it is due.</summary>
internal static class ChartUpgradeCommand
{
    public static Task<int> ExecuteAsync(ChartUpgradeOptions options, ProgramContext context, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        context.Out.Write($"{options.Release} is not looked at yet\n");
        return Task.FromResult(Hosting.ExitCode.Unexpected);
    }
}
