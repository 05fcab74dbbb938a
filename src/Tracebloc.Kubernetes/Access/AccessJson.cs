using System.Text.Json.Serialization;

namespace Tracebloc.Kubernetes;

/// <summary>The objects that are created only for their answer.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(AccessReview))]
[JsonSerializable(typeof(SubjectReview))]
[JsonSerializable(typeof(TokenReview))]
internal sealed partial class AccessJson : JsonSerializerContext;

/// <summary>A TokenRequest of authentication.k8s.io/v1.</summary>
internal sealed class TokenRequest
{
    public string? ApiVersion { get; init; }

    public string? Kind { get; init; }

    public TokenRequestSpec? Spec { get; init; }

    public TokenRequestStatus? Status { get; init; }
}

internal sealed class TokenRequestSpec
{
    public IReadOnlyList<string> Audiences { get; init; } = [];

    public long? ExpirationSeconds { get; init; }
}

/// <summary>A class, since a record would print the token.</summary>
internal sealed class TokenRequestStatus
{
    public string? Token { get; init; }

    public DateTimeOffset? ExpirationTimestamp { get; init; }
}

/// <summary>A SelfSubjectAccessReview of authorization.k8s.io/v1.</summary>
internal sealed record AccessReview
{
    public string? ApiVersion { get; init; }

    public string? Kind { get; init; }

    public AccessReviewSpec? Spec { get; init; }

    public AccessReviewStatus? Status { get; init; }
}

internal sealed record AccessReviewSpec
{
    public AccessAttributes? ResourceAttributes { get; init; }
}

/// <summary>A SubjectAccessReview of authorization.k8s.io/v1.</summary>
internal sealed record SubjectReview
{
    public string? ApiVersion { get; init; }

    public string? Kind { get; init; }

    public SubjectReviewSpec? Spec { get; init; }

    public AccessReviewStatus? Status { get; init; }
}

internal sealed record SubjectReviewSpec
{
    public string? User { get; init; }

    public string? Uid { get; init; }

    public IReadOnlyList<string>? Groups { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Extra { get; init; }

    public AccessAttributes? ResourceAttributes { get; init; }
}

internal sealed record AccessAttributes
{
    public string? Namespace { get; init; }

    public string? Verb { get; init; }

    public string? Group { get; init; }

    public string? Version { get; init; }

    public string? Resource { get; init; }

    public string? Subresource { get; init; }

    public string? Name { get; init; }

    internal static AccessAttributes Of(AccessQuestion question) => new()
    {
        Namespace = question.Namespace,
        Verb = question.Verb,
        Group = question.Type.Group,
        Version = question.Type.Version,
        Resource = question.Type.Plural,
        Subresource = question.Subresource,
        Name = question.Name,
    };
}

internal sealed record AccessReviewStatus
{
    public bool Allowed { get; init; }

    public bool Denied { get; init; }

    public string? Reason { get; init; }

    public string? EvaluationError { get; init; }
}
