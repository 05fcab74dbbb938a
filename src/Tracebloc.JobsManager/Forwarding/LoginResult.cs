using Tracebloc.Configuration;

namespace Tracebloc.JobsManager.Forwarding;

/// <summary>The end of a login: a token, or the reason of none.</summary>
internal sealed record LoginResult
{
    /// <summary>The client's token; null where the login failed.</summary>
    public Secret? Token { get; private init; }

    /// <summary>The answer to calls meanwhile; null where there is a token.</summary>
    public Refusal? Refusal { get; private init; }

    /// <summary>No other login is made for so long.</summary>
    public TimeSpan Holds { get; private init; }

    /// <param name="token">The token of the backend.</param>
    /// <param name="holds">A token that is refused sooner is not renewed: the next would be refused, too.</param>
    public static LoginResult Of(string token, TimeSpan holds) => new() { Token = new Secret(token), Holds = holds };

    public static LoginResult Failed(string words, TimeSpan holds) =>
        new() { Refusal = new Refusal(503, words) { RetryAfter = holds }, Holds = holds };
}
