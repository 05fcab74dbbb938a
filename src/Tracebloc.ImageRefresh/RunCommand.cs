namespace Tracebloc.ImageRefresh;

/// <summary><c>image-refresh run</c>: one tick.</summary>
internal static class RunCommand
{
    public static Task<int> ExecuteAsync(RunOptions options, ProgramContext context, CancellationToken token) =>
        RefreshSession
            .Open(options.Config, options.Cluster, context)
            .TickAsync(options.DryRun, options.Output, token);
}
