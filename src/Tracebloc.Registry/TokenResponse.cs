using System.Diagnostics.CodeAnalysis;
using Tracebloc.Net;

namespace Tracebloc.Registry;

/// <summary>The body of a token server's success (token protocol of the distribution project).</summary>
internal sealed record TokenResponse
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <summary>The bearer token; printable ASCII, so that a header can carry it.</summary>
    public required string Token { get; init; }

    /// <summary>
    /// The lifetime of the token, counted from its receipt on a monotonic clock: <c>issued_at</c> is ignored on
    /// purpose, since it depends on the agreement of two clocks. At least 60 s, which the specification lets
    /// every client rely on, and at most an hour, since asking again costs one request.
    /// </summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>Reads the body of a reply, or says in <paramref name="reason"/> why it holds no token.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> body,
        [NotNullWhen(true)] out TokenResponse? response,
        [NotNullWhen(false)] out string? reason)
    {
        var fields = new TokenFields();
        reason = fields.Read(body) ?? Fault(fields);
        response = reason is null
            ? new TokenResponse { Token = fields.Best, Lifetime = Clamp(fields.ExpiresIn) }
            : null;
        return response is not null;
    }

    /// <summary>Names the lifetime only: the token is a secret.</summary>
    public override string ToString() => $"token for {Lifetime.TotalSeconds:0} s";

    private static string? Fault(TokenFields fields)
    {
        if (fields.Best.Length == 0)
            return fields.HasToken
                ? "the token server's reply has an empty token"
                : "the token server's reply has neither a token nor an access_token of type text";
        return HeaderText.IsToken(fields.Best)
            ? null
            : "the token server's token has characters that no header can carry";
    }

    private static TimeSpan Clamp(double seconds) =>
        seconds >= Longest.TotalSeconds ? Longest
        : seconds > Shortest.TotalSeconds ? TimeSpan.FromSeconds(seconds)
        : Shortest;
}
