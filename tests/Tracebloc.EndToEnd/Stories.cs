namespace Tracebloc.EndToEnd;

/// <summary>
/// The order of the stories. Each but the last has a release of its own and tells at the same time as the others,
/// or waiting for ticks would take several times as long; the registry's outage is everybody's and comes last.
/// </summary>
internal sealed class Stories(Parts parts, Narrator narrator)
{
    // One that hangs is a failure, and CI has other things to do.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    /// <returns>Whether all claims hold.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using var alarm = new CancellationTokenSource(Limit, TimeProvider.System);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(alarm.Token, cancellationToken);
        await RunAsync("world", RunAllAsync, deadline.Token);
        return narrator.Conclude(Path.Combine(parts.Output, "claims.txt"));
    }

    private async Task RunAllAsync(CancellationToken cancellationToken)
    {
        await using var world = await World.SetUpAsync(parts, narrator, cancellationToken);
        await PushFirstImagesAsync(world.Around.StandIns, world.Around.Signing, cancellationToken);
        var releases = await Task.WhenAll(
            world.InstallAsync("acme", cancellationToken),
            world.InstallAsync("beta", cancellationToken),
            world.InstallAsync("gamma", cancellationToken),
            world.InstallAsync("delta", cancellationToken),
            world.InstallAsync("epsilon", cancellationToken));
        var (acme, beta, gamma, delta) = (releases[0], releases[1], releases[2], releases[3]);
        await Task.WhenAll(
            RunAsync(acme.Name, new RefreshStory(world, acme).RunAsync, cancellationToken),
            RunAsync(beta.Name, new BrokenImageStory(world, beta).RunAsync, cancellationToken),
            RunAsync(gamma.Name, new UpgradeStory(world, gamma).RunAsync, cancellationToken),
            RunAsync(delta.Name, new PolicyStory(world, delta).RunAsync, cancellationToken),
            RunAsync(releases[4].Name, new IngestionStory(world, releases[4]).RunAsync, cancellationToken));
        await RunAsync(acme.Name, new OutageStory(world, acme).RunAsync, cancellationToken);
    }

    /// <summary>Of each tag the first images; those of the story about signatures are signed.</summary>
    private static async Task PushFirstImagesAsync(
        StandIns images, Signing signing, CancellationToken cancellationToken)
    {
        await images.PushDatabaseAsync(cancellationToken);
        foreach (var tag in (string[])["prod", "stg", "dev"])
        {
            var manager = await images.PushManagerAsync(tag, "1.0", cancellationToken);
            var monitor = await images.PushMonitorAsync(tag, "1.0", cancellationToken);
            if (tag == PolicyStory.Tag)
            {
                await signing.SignAsync(StandIns.Manager, manager, cancellationToken);
                await signing.SignAsync(StandIns.Monitor, monitor, cancellationToken);
            }

            await images.PushIngestorAsync(tag, "1.0", cancellationToken);
        }
    }

    /// <summary>Runs one story. A story that throws is a failed claim; the others go on.</summary>
    private async Task RunAsync(
        string story, Func<CancellationToken, Task> tell, CancellationToken cancellationToken)
    {
        try
        {
            await tell(cancellationToken);
        }
        catch (Exception broken) when (broken is InvalidOperationException or TimeoutException or IOException
            or OperationCanceledException)
        {
            narrator.Claim(story, "the story comes to its end", false, broken.Message);
        }
    }
}
