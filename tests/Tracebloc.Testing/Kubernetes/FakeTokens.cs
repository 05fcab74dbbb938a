using System.Globalization;
using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>The tokens that TokenReviews know. Its user holds the store's gate.</summary>
internal sealed class FakeTokens
{
    private const string OwnAudience = "https://kubernetes.default.svc.cluster.local";

    private readonly Dictionary<string, (string User, string[] Audiences)> _tokens = [];

    internal void Add(string token, string user, string[] audiences) =>
        _tokens[token] = (user, audiences is [] ? [OwnAudience] : audiences);

    internal void Remove(string token) => _tokens.Remove(token);

    internal bool Has(string token, string audience) =>
        _tokens.TryGetValue(token, out var known) && known.Audiences.Contains(audience);

    /// <summary>The review as a server answers it.</summary>
    internal string Review(JsonObject review)
    {
        var token = (string?)review["spec"]?["token"] ?? "";
        string[] asked = [.. review["spec"]?["audiences"]?.AsArray().Select(each => (string?)each ?? "") ?? []];
        if (asked is []) asked = [OwnAudience];
        review["metadata"] = new JsonObject { ["creationTimestamp"] = null };
        review["status"] = !_tokens.TryGetValue(token, out var known)
            ? Failure("[invalid bearer token, unknown]")
            : known.Audiences.Intersect(asked).ToArray() is [] ? Failure(
                $"[invalid bearer token, token audiences {Listed(known.Audiences)} is invalid for the target "
                + $"audiences {Listed(asked)}]")
            : new JsonObject
            {
                ["authenticated"] = true,
                ["user"] = new JsonObject
                {
                    ["username"] = known.User,
                    ["uid"] = "d1a2",
                    ["groups"] = new JsonArray("system:serviceaccounts", "system:authenticated"),
                },
                ["audiences"] = new JsonArray([.. known.Audiences.Intersect(asked).Select(each => (JsonNode)each)]),
            };
        return review.ToJsonString();
    }

    /// <summary>The answer to a TokenRequest.</summary>
    internal string Issue(FakeRequest request, FakeKubernetesApiOptions options)
    {
        var asked = request.Json;
        var seconds = (long?)asked["spec"]?["expirationSeconds"] ?? 3600;
        if (seconds < 600)
            throw new FakeStatusException(
                422, "Invalid",
                $"TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: Invalid value: "
                + $"{seconds}: may not specify a duration less than 10 minutes");
        string[] audiences = [.. asked["spec"]?["audiences"]?.AsArray().Select(each => (string?)each ?? "") ?? []];
        var life = TimeSpan.FromSeconds(Math.Min(seconds, options.LongestToken.TotalSeconds));
        var token = $"issued-{Guid.NewGuid():N}";
        Add(token, $"system:serviceaccount:{request.Namespace}:{request.Name}", audiences);
        asked["spec"]!["expirationSeconds"] = (long)life.TotalSeconds;
        asked["status"] = new JsonObject
        {
            ["token"] = token,
            ["expirationTimestamp"] = (options.Time.GetUtcNow() + life).UtcDateTime.ToString(
                "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        };
        return asked.ToJsonString();
    }

    private static JsonObject Failure(string error) => new() { ["user"] = new JsonObject(), ["error"] = error };

    private static string Listed(string[] audiences) =>
        $"[{string.Join(' ', audiences.Select(each => $"\"{each}\""))}]";
}
