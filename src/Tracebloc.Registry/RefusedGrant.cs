namespace Tracebloc.Registry;

/// <summary>The token that the registry did not take, and the reason.</summary>
/// <param name="Grant">Null while none was refused.</param>
/// <param name="IsExpired">It was too old; else it lacks rights or is too long.</param>
internal readonly record struct RefusedGrant(TokenGrant? Grant, bool IsExpired)
{
    /// <summary>True when the next token is asked for with all scopes that the challenges name.</summary>
    public bool WantsMore => Grant is not null && !IsExpired;
}
