namespace Tracebloc.ImageRefresh;

/// <summary><c>image-refresh run</c>: one tick.</summary>
internal static class RunCommand
{
    public static async Task<int> ExecuteAsync(RunOptions options, ProgramContext context, CancellationToken token)
    {
        using var session = RefreshSession.Open(options.Config, options.Cluster, context);
        return await session.TickAsync(options.DryRun, options.Output, token).ConfigureAwait(false);
    }
}
