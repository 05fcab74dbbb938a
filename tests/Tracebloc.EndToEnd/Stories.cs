namespace Tracebloc.EndToEnd;

/// <summary>
/// Runs stories. Each but the last ones has a release of its own and tells at the same time as the others, or waiting
/// for ticks would take several times as long.
/// </summary>
/// <param name="parts">The programs and the cluster.</param>
/// <param name="narrator">Says what happens.</param>
/// <param name="only">The names of the stories to tell; none: all.</param>
internal sealed class Stories(Parts parts, Narrator narrator, IReadOnlyList<string> only)
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
        var (atOnce, last) = (Wanted(Story.AtOnce), Wanted(Story.Last));
        var releases = await Task.WhenAll(atOnce.Concat(last).DistinctBy(story => story.Release).Select(
            story => story.InstallsClient
                ? world.InstallAsync(story.Release, cancellationToken)
                : world.MakeRoomAsync(story.Release, cancellationToken)));
        await Task.WhenAll(atOnce.Select(TellAsync));
        foreach (var story in last) await TellAsync(story);

        Task TellAsync(Story story) => RunAsync(
            story.Release,
            token => story.RunAsync(world, releases.Single(release => release.Name == story.Release), token),
            cancellationToken);
    }

    private List<Story> Wanted(IReadOnlyList<Story> stories) =>
        [.. stories.Where(story => only.Count == 0 || only.Contains(story.Name))];

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
            or OperationCanceledException or HttpRequestException)
        {
            narrator.Claim(story, "the story comes to its end", false, broken.Message);
        }
    }
}
