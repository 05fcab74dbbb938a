namespace Tracebloc.EndToEnd;

/// <summary>A story by its name, and the release that it is about.</summary>
internal sealed record Story(
    string Name, string Release, Func<World, Release, CancellationToken, Task> RunAsync)
{
    /// <summary>Whether the client is installed before it begins; else its namespace is made alone.</summary>
    public bool InstallsClient { get; init; } = true;

    /// <summary>The stories that run side by side; those of <see cref="Last"/> follow.</summary>
    public static IReadOnlyList<Story> AtOnce { get; } =
    [
        new("refresh", "acme", (world, release, token) => new RefreshStory(world, release).RunAsync(token)),
        new("broken-image", "beta", (world, release, token) => new BrokenImageStory(world, release).RunAsync(token)),
        new("upgrade", "gamma", (world, release, token) => new UpgradeStory(world, release).RunAsync(token)),
        new("policy", "delta", (world, release, token) => new PolicyStory(world, release).RunAsync(token)),
        new("ingestion", "epsilon", (world, release, token) => new IngestionStory(world, release).RunAsync(token)),
        new("push", "zeta", (world, release, token) => new PushStory(world, release).RunAsync(token)),
        new("sync", "metadata-sync", (world, release, token) => new SyncStory(world, release).RunAsync(token))
        {
            InstallsClient = false,
        },
    ];

    /// <summary>An outage hits all releases.</summary>
    public static IReadOnlyList<Story> Last { get; } =
    [
        new("outage", "acme", (world, release, token) => new OutageStory(world, release).RunAsync(token)),
        new("api-restart", "zeta", (world, release, token) => new ApiRestartStory(world, release).RunAsync(token)),
    ];

    /// <summary>The names that a command line lists by <c>--only=push,refresh</c>; none: all.</summary>
    /// <exception cref="ArgumentException">There is no such option, or no such story.</exception>
    public static IReadOnlyList<string> Named(IReadOnlyList<string> arguments)
    {
        const string only = "--only=";
        var names = AtOnce.Concat(Last).Select(story => story.Name).ToList();
        if (arguments.FirstOrDefault(one => !one.StartsWith(only, StringComparison.Ordinal)) is { } unknown)
            throw new ArgumentException($"{unknown} is no option; {only}NAME,NAME is: {string.Join(", ", names)}");
        var chosen = arguments.SelectMany(one => one[only.Length..].Split(',')).ToList();
        return chosen.Except(names).FirstOrDefault() is { } absent
            ? throw new ArgumentException($"{absent} is no story; these are: {string.Join(", ", names)}")
            : chosen;
    }
}
