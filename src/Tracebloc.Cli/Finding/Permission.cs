using Tracebloc.Kubernetes;

namespace Tracebloc.Cli.Finding;

/// <summary>One verb that tracebloc needs in the release's namespace.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Type">The resource.</param>
/// <param name="Use">The purpose, for messages.</param>
internal sealed record Permission(string Verb, ResourceType Type, string Use)
{
    public static Permission ListDeployments { get; } = new("list", ResourceType.Deployments, "find the release");

    public static Permission CreateTokens { get; } =
        new("create", ResourceType.ServiceAccounts, "authenticate at jobs-manager")
        {
            Subresource = "token",
            OnlyName = IngestorPolicy.Usual,
        };

    /// <summary>In place of <see cref="CreateTokens"/>, where an administrator has made a token Secret.</summary>
    public static Permission ListSecrets { get; } = new("list", ResourceType.Secrets, "read a token Secret");

    /// <summary>
    /// All that <c>dataset push</c> needs; <c>docs/cli-permissions.yaml</c> grants it. A WebSocket begins with GET;
    /// since Kubernetes 1.35 its user needs <c>create</c> as well.
    /// </summary>
    public static IReadOnlyList<Permission> All { get; } =
    [
        ListDeployments,
        new("get", ResourceType.Services, "reach jobs-manager"),
        new("get", ResourceType.ConfigMaps, "read who may submit"),
        new("get", ResourceType.PersistentVolumeClaims, "check the volume"),
        new("list", ResourceType.Pods, "find the pods of jobs-manager and of a run"),
        new("get", ResourceType.Pods, "follow a run"),
        new("watch", ResourceType.Pods, "wait for the staging pod"),
        new("create", ResourceType.Pods, "stage the data"),
        new("delete", ResourceType.Pods, "remove the staging pod"),
        new("get", ResourceType.Pods, "stage the data") { Subresource = "exec" },
        new("create", ResourceType.Pods, "stage the data") { Subresource = "exec" },
        new("get", ResourceType.Pods, "reach jobs-manager") { Subresource = "portforward" },
        new("create", ResourceType.Pods, "reach jobs-manager") { Subresource = "portforward" },
        new("get", ResourceType.Pods, "follow a run") { Subresource = "log" },
        CreateTokens,
    ];

    public string? Subresource { get; init; }

    /// <summary>The one object that the rule should name; null: all of them.</summary>
    public string? OnlyName { get; init; }

    /// <summary>As RBAC writes it: <c>pods/exec</c>.</summary>
    public string Resource => Subresource is null ? Type.Plural : $"{Type.Plural}/{Subresource}";

    /// <summary>For messages: the right and its purpose.</summary>
    public override string ToString() => $"{Verb} {Resource} (to {Use})";

    /// <summary>The rule of a Role that grants it, as YAML in one line.</summary>
    public string Rule =>
        $"{{apiGroups: [\"{Type.Group}\"], resources: [{Resource}], {Names}verbs: [{Verb}]}}";

    private string Names => OnlyName is null ? "" : $"resourceNames: [{OnlyName}], ";
}
