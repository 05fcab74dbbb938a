using Microsoft.Extensions.Logging;
using Tracebloc.JobsManager.Access;
using Tracebloc.JobsManager.Runs;
using Tracebloc.JobsManager.Submissions;

namespace Tracebloc.JobsManager.Datasets;

/// <summary>Accepts deletions of data sets: the follower then runs a Job for each.</summary>
internal sealed partial class DatasetRemoval(
    DatasetCatalog catalog, RunTable table, RemovalSetup setup, TimeProvider time, ILogger logger)
{
    /// <summary>Asks for a deletion. One that is under way already stays the same.</summary>
    public async Task<RemovalOutcome> DeleteAsync(Caller caller, string name, CancellationToken token)
    {
        var outcome = await AcceptAsync(caller, name, token);
        LogDeleted(logger, name, $"{caller}", outcome.Refusal?.Kind.ToString().ToLowerInvariant() ?? "accepted");
        return outcome;
    }

    /// <summary>The parts that would be removed.</summary>
    public async Task<RemovalOutcome> TryAsync(string name, CancellationToken token)
    {
        if (await catalog.FindAsync(name, token) is not { } dataset) return Unknown(name);
        return await ObstacleAsync(name, token) is { } obstacle
            ? Refused(RefusalKind.Conflict, obstacle)
            : new RemovalOutcome { Loss = await catalog.LossAsync(dataset, token) };
    }

    private async Task<RemovalOutcome> AcceptAsync(Caller caller, string name, CancellationToken token)
    {
        if (await catalog.FindAsync(name, token) is null) return Unknown(name);
        if (await table.Deletions.WantedAsync(name, token) is { } underWay)
            return new RemovalOutcome { Deletion = underWay };
        if (await ObstacleAsync(name, token) is { } obstacle) return Refused(RefusalKind.Conflict, obstacle);
        if (setup.Image.For(null) is not { } image)
            return Refused(
                RefusalKind.Unavailable,
                "The digest of the ingestor's image is not known yet, and tags are not allowed; delete the data set "
                + "when image refresh has found it");
        var now = time.GetUtcNow();
        var deletion = new DatasetDeletion
        {
            Id = DatasetDeletion.IdOf(name, now),
            Table = name,
            Caller = $"{caller}",
            Namespace = setup.Namespace,
            Image = image,
            RequestedAt = now,
        };
        await table.Deletions.AddAsync(deletion, token);
        // A run that is submitted from now on finds it; of one that was submitted meanwhile the follower ends it.
        setup.Look();
        return new RemovalOutcome { Deletion = deletion };
    }

    private async Task<string?> ObstacleAsync(string name, CancellationToken token) =>
        DatasetDeletion.Obstacle(name, await table.OpenRunsAsync(token));

    private static RemovalOutcome Unknown(string name) =>
        Refused(RefusalKind.Unknown, $"There is no data set {name}");

    private static RemovalOutcome Refused(RefusalKind kind, string detail) =>
        new() { Refusal = new Refusal(kind, detail) };

    [LoggerMessage(765, LogLevel.Information, "Deletion of data set {Table} by {Caller}: {Outcome}")]
    private static partial void LogDeleted(ILogger logger, string table, string caller, string outcome);
}

/// <summary>The cluster as a deletion needs it.</summary>
/// <param name="Namespace">The namespace of its Job.</param>
/// <param name="Image">The image of the installation.</param>
/// <param name="Look">Has the follower look at the deletions, soon.</param>
internal sealed record RemovalSetup(string Namespace, Jobs.RunImage Image, Action Look);

/// <summary>The outcome of a deletion: one of its members.</summary>
internal sealed record RemovalOutcome
{
    /// <summary>The deletion is under way.</summary>
    public DatasetDeletion? Deletion { get; init; }

    /// <summary>The parts that a deletion would remove.</summary>
    public DatasetLoss? Loss { get; init; }

    public Refusal? Refusal { get; init; }
}
