namespace Tracebloc.Registry;

/// <summary>The token for some repositories, or the reason why there is none.</summary>
internal sealed record TokenGrant
{
    public string? Token { get; init; }

    /// <summary>The end of its use, as a timestamp of the time provider: wall clocks may be set.</summary>
    public long ExpiresAt { get; init; }

    /// <summary>The number of repositories that it was asked for.</summary>
    public int Count { get; init; }

    /// <summary>True when it was asked for with all scopes that the registry's challenges name.</summary>
    public bool IsWidened { get; init; }

    /// <summary>
    /// The server did not take so many scopes, or may refuse but one of them: ask for each repository.
    /// </summary>
    public bool ShouldSplit { get; init; }

    public Reply? Failure { get; init; }
}
