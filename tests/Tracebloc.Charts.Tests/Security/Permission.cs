using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Security;

/// <summary>One thing that may be done to one resource, of any name when none is given.</summary>
internal sealed record Permission(string Verb, string Group, string Resource, string Name = "")
{
    public static IEnumerable<Permission> Each(string[] verbs, string group, string resource) =>
        verbs.Select(verb => new Permission(verb, group, resource));

    public override string ToString() => $"{Group}/{Resource} {Name} {Verb}";
}

/// <summary>An object as RBAC sees it.</summary>
internal sealed record Target(string Group, string Resource, string Name, bool IsCluster)
{
    private static readonly string[] ClusterKinds =
    [
        "ClusterRole", "ClusterRoleBinding", "Namespace", "PersistentVolume", "StorageClass",
        "ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding",
    ];

    public static Target Of(Manifest manifest) => new(
        manifest.ApiVersion.Contains('/') ? manifest.ApiVersion.Split('/')[0] : "",
        Plural(manifest.Kind.ToLowerInvariant()),
        manifest.Name,
        ClusterKinds.Contains(manifest.Kind));

    private static string Plural(string kind) => kind switch
    {
        [.., 'y'] => kind[..^1] + "ies",
        [.., 's'] => kind + "es",
        _ => kind + "s",
    };
}
