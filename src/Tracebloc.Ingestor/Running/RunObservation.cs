using Tracebloc.Ingestor.Tables;
using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Running;

/// <summary>Everything that a run finds before it changes anything; observed under the table's lock.</summary>
internal sealed record RunObservation
{
    public required string Key { get; init; }

    public required string Table { get; init; }

    /// <summary><c>train</c> or <c>test</c>.</summary>
    public required string Intent { get; init; }

    public required string SpecDigest { get; init; }

    /// <summary>The source as it is now; null where it is absent.</summary>
    public required string? SourceMark { get; init; }

    /// <summary>True where the category has files beside its rows.</summary>
    public required bool HasFiles { get; init; }

    /// <summary>True where the run is to replace the data set that its table holds.</summary>
    public bool Overwrite { get; init; }

    /// <summary>True where the table is there that an earlier attempt of this run has loaded beside its own.</summary>
    public bool ShadowExists { get; init; }

    /// <summary>The journal of this run's key; null for a first attempt.</summary>
    public RunRecord? Own { get; init; }

    /// <summary>The journals of the table's other runs.</summary>
    public IReadOnlyList<RunRecord> Others { get; init; } = [];

    /// <summary>True where the table is there.</summary>
    public bool TableExists { get; init; }

    /// <summary>The key of the run that created the table; null where none of this product did.</summary>
    public string? TableCreator { get; init; }

    public FolderFacts Folder { get; init; } = FolderFacts.Free;

    /// <summary>True where earlier attempts of this run have left nothing.</summary>
    public bool IsUndone => Own is null or { Phase: RunPhase.Failed } && Folder.Owner != Key;
}
