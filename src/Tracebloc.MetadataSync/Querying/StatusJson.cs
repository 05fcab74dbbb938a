namespace Tracebloc.MetadataSync.Querying;

/// <summary>A Status, by which Kubernetes answers what is no object.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/"/>
internal sealed record StatusJson
{
    public string Kind { get; init; } = "Status";

    public string ApiVersion { get; init; } = "v1";

    public EmptyJson Metadata { get; init; } = new();

    public required string Status { get; init; }

    public string? Message { get; init; }

    public string? Reason { get; init; }

    public StatusSubject? Details { get; init; }

    public int? Code { get; init; }
}

/// <summary>The subject of a Status.</summary>
internal sealed record StatusSubject
{
    public string? Name { get; init; }

    public string? Group { get; init; }

    public string? Kind { get; init; }

    public string? Uid { get; init; }

    public int? RetryAfterSeconds { get; init; }
}

/// <summary>An object without members.</summary>
internal sealed record EmptyJson;
