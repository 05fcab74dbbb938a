using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Security;

/// <summary>
/// Auto-upgrade may do what its own chart needs and nothing else. What that is, is derived from the rendered chart:
/// helm gets, creates, patches and deletes each object. Its records are Secrets. It lists ReplicaSets to see that a
/// Deployment is ready. The notes look at the namespace. And a role may not grant more than its writer has
/// (https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping).
/// </summary>
public sealed class UpgradeRoleTests
{
    private const string Name = "acme-auto-upgrade";

    private static readonly string[] Data = ["persistentvolumeclaims", "persistentvolumes"];

    /// <summary>Each example, with and without the kind that not every server has.</summary>
    public static TheoryData<string, string> Examples => new MatrixTheoryData<string, string>(
        Chart.Client.Examples.Where(one => one is not ("everything-off-values.yaml" or "pinned-values.yaml")),
        ["v1", AdmissionTests.Served]);

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task In_its_namespace_it_may_do_just_what_helm_needs(string example, string served)
    {
        var chart = await RenderAsync(example, served);

        var needed = NeededIn(chart.In("tracebloc"))
            .Concat(
            [
                .. Permission.Each(["get", "list", "create", "update", "patch", "delete"], "", "secrets"),
                new("list", "apps", "replicasets"),
                .. chart.Has("ClusterRole", "acme-jobs-manager-rbac")
                    ? (Permission[])[new("get", "", "namespaces", "tracebloc")]
                    : [],
                .. GrantedByOthers(chart.In("tracebloc"), "Role"),
            ]);

        Assert.Equal(Sorted(needed), Sorted(GrantedBy(chart.RoleOf("Role", Name))));
    }

    [Fact]
    public async Task In_a_namespace_of_its_own_it_may_do_just_what_helm_needs_there()
    {
        var apart = (await Chart.Client.RenderExampleAsync("upgrader-apart-values.yaml")).In("tracebloc-upgrade");

        // A release that is signed brings a ConfigMap with its key.
        var needed = NeededIn(apart).Concat(Permission.Each(["get", "create", "patch", "delete"], "", "configmaps"));

        Assert.Equal(Sorted(needed), Sorted(GrantedBy(apart.RoleOf("Role", $"{Name}-own"))));
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task In_the_cluster_it_may_do_just_that_with_the_releases_own_objects(string example, string served)
    {
        var chart = await RenderAsync(example, served);

        // Creating cannot be limited to names, so it may not.
        var needed = Objects(chart, isCluster: true)
            .SelectMany(one => Verbs(one).Where(verb => verb != "create")
                .Select(verb => new Permission(verb, one.Group, one.Resource, one.Name)))
            .Concat(GrantedByOthers(chart, "ClusterRole"));
        var granted = chart.Has("ClusterRole", Name) ? GrantedBy(chart.RoleOf("ClusterRole", Name)) : [];

        Assert.Equal(Sorted(needed), Sorted(granted));
    }

    [Fact]
    public async Task Without_cluster_wide_objects_it_has_no_cluster_role() =>
        Assert.False((await Chart.Client.RenderAsync("clusterScope: false")).Has("ClusterRole", Name));

    private static Task<Rendering> RenderAsync(string example, string served) => Chart.Client.RenderAsync(
        new Release { ValuesFile = Chart.Client.PathOf($"ci/{example}"), ApiVersion = served });

    /// <summary>The verbs an upgrade needs; objects with data are never deleted.</summary>
    private static IEnumerable<string> Verbs(Target target) =>
        Data.Contains(target.Resource) ? ["get", "create", "patch"] : ["get", "create", "patch", "delete"];

    /// <summary>The objects an upgrade writes: all but tests and the operator's own.</summary>
    private static IEnumerable<Target> Objects(Rendering chart, bool isCluster) => chart.Manifests
        .Where(manifest => !manifest.Annotations.ContainsKey("helm.sh/hook"))
        .Select(Target.Of)
        .Where(target => target.IsCluster == isCluster);

    private static IEnumerable<Permission> NeededIn(Rendering chart) => Objects(chart, isCluster: false)
        .SelectMany(one => Verbs(one).Select(verb => new Permission(verb, one.Group, one.Resource)));

    private static IEnumerable<Permission> GrantedByOthers(Rendering chart, string kind) => chart.Roles
        .Where(role => role.Id.StartsWith(kind + "/", StringComparison.Ordinal) && role.Name != Name)
        .SelectMany(GrantedBy)
        .Where(permission => kind == "ClusterRole" || permission.Name == "");

    private static IEnumerable<Permission> GrantedBy(Role role) =>
        from rule in role.Rules
        from verb in rule.Verbs
        from @group in rule.Groups
        from resource in rule.Resources
        from name in rule.Names.DefaultIfEmpty("")
        select new Permission(verb, @group, resource, name);

    private static IEnumerable<string> Sorted(IEnumerable<Permission> permissions) =>
        permissions.Select(permission => $"{permission}").Distinct().Order(StringComparer.Ordinal);
}
