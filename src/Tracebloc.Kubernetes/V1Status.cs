using System.Text.Json.Serialization;

namespace Tracebloc.Kubernetes;

/// <summary>The API server's answer when there is no object to return, above all its errors.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/"/>
public sealed record V1Status
{
    /// <summary><c>Success</c> or <c>Failure</c>.</summary>
    [JsonPropertyName("status")] public string? Status { get; init; }

    /// <summary>For people.</summary>
    [JsonPropertyName("message")] public string? Message { get; init; }

    /// <summary>For programs: <c>NotFound</c>, <c>Conflict</c>, <c>Expired</c>, ….</summary>
    [JsonPropertyName("reason")] public string? Reason { get; init; }

    /// <summary>The HTTP status.</summary>
    [JsonPropertyName("code")] public int? Code { get; init; }

    /// <summary>The subject of the answer.</summary>
    [JsonPropertyName("details")] public V1StatusDetails? Details { get; init; }
}

/// <summary>The subject of a <see cref="V1Status"/>.</summary>
public sealed record V1StatusDetails
{
    /// <summary>The object that the answer is about; null where it is about none.</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }

    /// <summary>Seconds to wait before the next attempt.</summary>
    [JsonPropertyName("retryAfterSeconds")] public int? RetryAfterSeconds { get; init; }

    /// <summary>The single reasons, for example one for each invalid field.</summary>
    [JsonPropertyName("causes")] public IReadOnlyList<V1StatusCause>? Causes { get; init; }
}

/// <summary>One reason of several.</summary>
public sealed record V1StatusCause
{
    /// <summary>For programs: <c>FieldValueInvalid</c>, ….</summary>
    [JsonPropertyName("reason")] public string? Reason { get; init; }

    /// <summary>For people.</summary>
    [JsonPropertyName("message")] public string? Message { get; init; }

    /// <summary>The path of the field, for example <c>spec.template.spec.containers[0].image</c>.</summary>
    [JsonPropertyName("field")] public string? Field { get; init; }
}
