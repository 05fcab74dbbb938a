using System.Text.Json;

namespace Tracebloc.Signatures.Signing;

/// <summary>The claims of a token that signing needs (OpenID Connect Core 1.0, section 2).</summary>
internal sealed record TokenClaims
{
    public required string Iss { get; init; }

    public required string Sub { get; init; }

    public string? Email { get; init; }

    /// <summary>In Unix seconds, possibly with a fraction.</summary>
    public double? Exp { get; init; }

    /// <summary>One audience or a list of them.</summary>
    public JsonElement Aud { get; init; }

    public IReadOnlyList<string> Audiences => Aud.ValueKind switch
    {
        JsonValueKind.String => [Aud.GetString() ?? ""],
        JsonValueKind.Array => [.. Aud.EnumerateArray()
            .Where(each => each.ValueKind == JsonValueKind.String).Select(each => each.GetString() ?? "")],
        _ => [],
    };
}
