namespace Tracebloc.JobsManager.Runs;

/// <summary>A run as it was submitted, valid: the part of its row that never changes.</summary>
internal sealed record RunRequest
{
    public required RunKey Key { get; init; }

    public required string Table { get; init; }

    /// <summary><c>train</c> or <c>test</c>.</summary>
    public required string Intent { get; init; }

    public required string Category { get; init; }

    /// <summary>The text of the ingest.yaml.</summary>
    public required string Specification { get; init; }

    /// <summary>SHA-256 of all that makes two submissions the same, in 64 hexadecimal digits.</summary>
    public required string ContentDigest { get; init; }

    /// <summary>The digest that the submission asks for; null: the one of the installation.</summary>
    public string? ImageDigest { get; init; }

    /// <summary>The number of pods.</summary>
    public int Parallelism { get; init; } = 1;

    /// <summary>True: the data set replaces the one that its table holds.</summary>
    public bool Overwrite { get; init; }

    /// <summary>The account that submitted it, <c>namespace/name</c>.</summary>
    public required string Caller { get; init; }
}
