namespace Tracebloc.Kubernetes;

/// <summary>The owner of a token, as the API server knows it.</summary>
/// <param name="Name">For example <c>system:serviceaccount:team-a:trainer</c>.</param>
public sealed record KubernetesUser(string Name)
{
    /// <summary>The unique id; empty where the authenticator gives none.</summary>
    public string Uid { get; init; } = "";

    /// <summary>For example <c>system:authenticated</c>.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Other values of the authenticator, such as scopes, which authorizers may read.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();
}
