namespace Tracebloc.Ingestor.Running;

/// <summary>A run as its journal holds it.</summary>
internal sealed record RunRecord
{
    /// <summary>The key that all attempts of a Job share.</summary>
    public required string Key { get; init; }

    public required string Table { get; init; }

    /// <summary><c>train</c> or <c>test</c>.</summary>
    public required string Intent { get; init; }

    /// <summary>SHA-256 of the specification, in hexadecimal digits.</summary>
    public required string SpecDigest { get; init; }

    /// <summary>The state of the source when it was loaded.</summary>
    public required string SourceMark { get; init; }

    public required RunPhase Phase { get; init; }

    /// <summary>The batches that the backend has accepted.</summary>
    public int Batches { get; init; }

    /// <summary>The batch that was being sent, counted from 0; null for none.</summary>
    public int? OpenBatch { get; init; }

    /// <summary>The calls after the batches that have succeeded.</summary>
    public int Calls { get; init; }

    /// <summary>True once the run is over, in either way: it has nothing to undo.</summary>
    public bool IsOver => Phase is RunPhase.Registered or RunPhase.Failed;

    /// <summary>The batches that the backend may have: it may answer that it has them.</summary>
    public int MayHaveArrived => Math.Max(Batches, OpenBatch + 1 ?? 0);
}
