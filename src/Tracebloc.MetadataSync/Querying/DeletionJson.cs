namespace Tracebloc.MetadataSync.Querying;

/// <summary>The answer to the deletion of a collection: a Status, with a line for each object.</summary>
internal sealed record DeletionJson
{
    public string Kind { get; init; } = "Status";

    public string ApiVersion { get; init; } = "v1";

    public EmptyJson Metadata { get; init; } = new();

    public required string Status { get; init; }

    public required string Message { get; init; }

    public string? Reason { get; init; }

    public required StatusSubject Details { get; init; }

    public required int Code { get; init; }

    public required bool DryRun { get; init; }

    public required IReadOnlyList<DeletedJson> Deleted { get; init; }

    public required IReadOnlyList<KeptJson> NotDeleted { get; init; }
}

/// <summary>An object that was deleted, or would be.</summary>
/// <param name="From"><c>cluster</c> or <c>database</c>.</param>
internal sealed record DeletedJson(string Namespace, string Name, string Uid, string From);

/// <summary>An object that was not deleted.</summary>
internal sealed record KeptJson(string Namespace, string Name, string Uid, string Reason, string Message);
