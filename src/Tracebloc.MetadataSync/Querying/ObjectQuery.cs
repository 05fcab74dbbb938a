using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>A query with an order of the caller's.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Filter">The rows.</param>
internal sealed record ObjectQuery(Kind Kind, SqlFilter Filter)
{
    /// <summary>The states; the filter holds them, too.</summary>
    public required ObjectStates States { get; init; }

    /// <summary>Columns and directions; made of the kind's columns alone.</summary>
    public required string Order { get; init; }

    public required int Limit { get; init; }

    public required int Offset { get; init; }

    /// <summary>The paths that the answer leaves out.</summary>
    public IReadOnlyList<string> SkippedFields { get; init; } = [];
}
