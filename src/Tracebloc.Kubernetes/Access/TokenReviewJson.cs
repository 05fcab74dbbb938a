namespace Tracebloc.Kubernetes;

/// <summary>A TokenReview of authentication.k8s.io/v1.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-review-v1/"/>
internal sealed class TokenReview
{
    public string? ApiVersion { get; init; }

    public string? Kind { get; init; }

    public TokenReviewSpec? Spec { get; init; }

    public TokenReviewStatus? Status { get; init; }
}

/// <summary>A class, since a record would print the token; without audiences, the server takes its own.</summary>
internal sealed class TokenReviewSpec
{
    public string? Token { get; init; }

    public IReadOnlyList<string>? Audiences { get; init; }
}

internal sealed record TokenReviewStatus
{
    public bool Authenticated { get; init; }

    public TokenReviewUser? User { get; init; }

    /// <summary>The asked audiences that the token has; absent from a server that does not check them.</summary>
    public IReadOnlyList<string>? Audiences { get; init; }
}

internal sealed record TokenReviewUser
{
    public string? Username { get; init; }

    public string? Uid { get; init; }

    public IReadOnlyList<string>? Groups { get; init; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Extra { get; init; }
}
