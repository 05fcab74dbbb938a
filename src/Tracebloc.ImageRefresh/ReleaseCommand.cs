namespace Tracebloc.ImageRefresh;

/// <summary><c>image-refresh release</c>: lets digests that were rolled back be applied again.</summary>
internal static class ReleaseCommand
{
    public static Task<int> ExecuteAsync(ReleaseOptions options, ProgramContext context, CancellationToken token) =>
        RefreshSession
            .Open(options.Config, options.Cluster, context)
            .ReleaseAsync(options.Name, options.Digest, token);
}
