namespace Tracebloc.Testing.Registry;

public sealed record RealRegistryOptions
{
    /// <summary>
    /// Which repositories nobody may pull from without credentials. The registry's contract asks for one that is public
    /// and for one where nothing may be pulled.
    /// </summary>
    public Func<string, bool> IsPrivate { get; init; } =
        repository => repository.Split('/')[0] is "private" or "contract";

    /// <summary>
    /// The host names of a server in front of it and of its token server; the challenge then names <c>/auth/token</c>
    /// on the host of the request, as GHCR's does.
    /// </summary>
    public IReadOnlyList<string> PublicNames { get; init; } = [];
}
