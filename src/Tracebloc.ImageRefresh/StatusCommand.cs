namespace Tracebloc.ImageRefresh;

/// <summary><c>image-refresh status</c>: how the images stand by the records on their workloads.</summary>
internal static class StatusCommand
{
    public static Task<int> ExecuteAsync(StatusOptions options, ProgramContext context, CancellationToken token) =>
        RefreshSession
            .Open(options.Config, options.Cluster, context)
            .StatusAsync(options.Output, token);
}
