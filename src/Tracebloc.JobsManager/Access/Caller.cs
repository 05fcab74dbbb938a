namespace Tracebloc.JobsManager.Access;

/// <summary>A service account that calls.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name there.</param>
internal sealed record Caller(string Namespace, string Name)
{
    private const string Prefix = "system:serviceaccount:";

    /// <summary>The service account of a user name of Kubernetes; null for a user of another kind.</summary>
    /// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#service-account-tokens"/>
    public static Caller? Of(string? userName) =>
        userName is not null && userName.StartsWith(Prefix, StringComparison.Ordinal)
        && userName[Prefix.Length..].Split(':') is [{ Length: > 0 } ns, { Length: > 0 } name]
            ? new Caller(ns, name)
            : null;

    public override string ToString() => $"{Namespace}/{Name}";
}
