namespace Tracebloc.Registry.Pushing;

/// <summary>The rights and the body of a request that writes.</summary>
/// <param name="Scopes">The scopes of its token, that of the repository last.</param>
/// <param name="Body">The body; null for none.</param>
internal sealed record PushCall(IReadOnlyList<string> Scopes, RequestBody? Body = null)
{
    /// <summary>The key of the token.</summary>
    public string Key => string.Join(' ', Scopes);
}
