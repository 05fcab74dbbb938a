namespace Tracebloc.EndToEnd;

/// <summary>
/// The platform's custom resources are mirrored into a database, by the commands of docs/metadata-sync.md.
/// </summary>
internal sealed class SyncStory(World world, Release release)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var desk = new SyncDesk(release, world.SyncChart);
        var platform = new SyncPlatform(desk);
        await platform.SetUpAsync(cancellationToken);
        try
        {
            await new SyncEnabling(desk).RunAsync(cancellationToken);
            await new SyncChanges(desk).RunAsync(cancellationToken);
            await new SyncRemovals(desk).RunAsync(cancellationToken);
            await new SyncQueries(desk).RunAsync(cancellationToken);
            await new SyncFailover(desk).RunAsync(cancellationToken);
            await new SyncMonitoring(desk).RunAsync(cancellationToken);
            await new SyncSwitch(desk).RunAsync(cancellationToken);
            await new SyncUninstall(desk).RunAsync(cancellationToken);
        }
        finally
        {
            // Finalizers would hold the namespaces for ever.
            await platform.RemoveAsync(CancellationToken.None);
        }
    }
}
