namespace Tracebloc.Testing.Kubernetes;

public sealed partial class FakeKubernetesApi
{
    /// <summary>Makes a token that TokenReviews know from now on.</summary>
    /// <param name="token">The token.</param>
    /// <param name="user">The owner, <c>system:serviceaccount:ns:name</c> for one of a service account.</param>
    /// <param name="audiences">The audiences; none: the API server's own.</param>
    public void AddToken(string token, string user, params string[] audiences)
    {
        lock (Gate) _cluster.Tokens.Add(token, user, audiences);
    }

    /// <summary>True for a token that is valid now, for one audience.</summary>
    public bool HasToken(string token, string audience)
    {
        lock (Gate) return _cluster.Tokens.Has(token, audience);
    }

    /// <summary>A token expires.</summary>
    public void RemoveToken(string token)
    {
        lock (Gate) _cluster.Tokens.Remove(token);
    }
}
