using Microsoft.Extensions.Logging;
using Tracebloc.Database;

namespace Tracebloc.Ingestor.Loading;

/// <summary>Everything that loading the rows of one source needs.</summary>
internal sealed record LoadJob
{
    /// <summary>The most connections of a run, unless fewer are given.</summary>
    public const int Connections = 4;

    public required DatabaseServer Server { get; init; }

    /// <summary>The check that this run still owns the table.</summary>
    public required Fence Fence { get; init; }

    public required LoadTarget Target { get; init; }

    /// <summary>The table in messages; the target's unless another is given.</summary>
    public string Table { get => field ?? Target.Table; init; }

    public required LoadChoice Choice { get; init; }

    /// <summary>The id of the first row.</summary>
    public required long FirstId { get; init; }

    /// <summary>The most connections that load at once.</summary>
    public int MostConnections { get; init; } = Connections;

    public required DatabaseRetry Retry { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>Receives the progress after each chunk; null for none.</summary>
    public IProgress<LoadProgress>? Progress { get; init; }
}
