using System.Text.Json.Serialization;

namespace Tracebloc.JobsManager.Access;

/// <summary>A TokenReview of <c>authentication.k8s.io/v1</c>, as far as it is used.</summary>
/// <seealso href="https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-review-v1/"/>
internal sealed record TokenReviewJson
{
    public string ApiVersion { get; init; } = "authentication.k8s.io/v1";

    public string Kind { get; init; } = "TokenReview";

    public TokenReviewQuestion? Spec { get; init; }

    public TokenReviewAnswer? Status { get; init; }

    /// <summary>Without the token.</summary>
    public override string ToString() => Kind;
}

/// <summary>The question of a review; without audiences, the API server asks for its own.</summary>
internal sealed class TokenReviewQuestion
{
    public string? Token { get; init; }

    public IReadOnlyList<string>? Audiences { get; init; }
}

/// <summary>The answer of a review.</summary>
internal sealed record TokenReviewAnswer
{
    public bool Authenticated { get; init; }

    public TokenReviewUser? User { get; init; }

    /// <summary>The asked audiences that the token has; absent from a server that does not check them.</summary>
    public IReadOnlyList<string>? Audiences { get; init; }
}

/// <summary>The owner of a token.</summary>
internal sealed record TokenReviewUser
{
    public string? Username { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TokenReviewJson))]
internal sealed partial class TokenReviewContext : JsonSerializerContext;
