using System.Text.Json.Nodes;
using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Security;

/// <summary>
/// jobs-manager starts Jobs, and a Job runs as the service account that it names: finding 8. The policy's CEL is
/// evaluated by a library, since no server of the tests does.
/// </summary>
public sealed class AdmissionTests
{
    internal const string Served = "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy";

    private const string Name = "acme-jobs-manager-accounts";

    private const string Rights = "tracebloc.io/upgrade-rights";

    private static readonly Release Current = new() { ApiVersion = Served };

    [Fact]
    [Trait("Finding", "8")]
    public async Task Jobs_manager_cannot_borrow_an_account_that_may_do_more()
    {
        var chart = await Chart.Client.RenderAsync(Current);
        var policy = chart.Find("ValidatingAdmissionPolicy", Name)["spec"];

        Assert.Equal("Fail", policy["failurePolicy"].Text);
        Assert.Equal(
            "request.userInfo.username == 'system:serviceaccount:tracebloc:acme-jobs-manager'",
            Assert.Single(policy["matchConditions"].Items)["expression"].Text);
        Assert.Equal(
            ["batch/v1 jobs CREATE UPDATE", "/v1 secrets CREATE UPDATE"],
            policy.At("matchConstraints.resourceRules").Items.Select(Describe));
    }

    [Theory]
    [InlineData("jobs", "{\"serviceAccountName\": \"acme-auto-upgrade\"}", "A Job of jobs-manager must not run as")]
    [InlineData("jobs", "{\"serviceAccountName\": \"acme-image-refresh\"}", "A Job of jobs-manager must not run as")]
    [InlineData("jobs", "{\"serviceAccount\": \"acme-image-refresh\"}", "A Job of jobs-manager must not run as")]
    [InlineData("jobs", "{\"serviceAccountName\": \"acme-training\"}", null)]
    [InlineData("jobs", "{}", null)]
    [InlineData("secrets", "kubernetes.io/service-account-token", "A Secret of jobs-manager must not ask for a token")]
    [InlineData("secrets", "Opaque", null)]
    [InlineData("secrets", null, null)]
    [Trait("Finding", "8")]
    public async Task Jobs_manager_is_refused_these_and_nothing_else(string resource, string? asked, string? refusal)
    {
        var admission = new Admission(
            (await Chart.Client.RenderAsync(Current)).Find("ValidatingAdmissionPolicy", Name)["spec"]);
        var manifest = resource == "jobs" ? "{\"spec\": {\"template\": {\"spec\": " + asked + "}}}"
            : asked is null ? "{}"
            : $$"""{"type": "{{asked}}"}""";

        var answer = admission.Refuse("system:serviceaccount:tracebloc:acme-jobs-manager", resource, manifest);
        var toAnother = admission.Refuse("system:serviceaccount:tracebloc:acme-auto-upgrade", resource, manifest);

        Assert.StartsWith(refusal ?? "admitted", answer ?? "admitted");
        Assert.Null(toAnother);
    }

    [Fact]
    public async Task The_policy_is_in_force_in_the_releases_namespace_alone()
    {
        var binding = (await Chart.Client.RenderAsync(Current)).Find("ValidatingAdmissionPolicyBinding", Name)["spec"];

        Assert.Equal((Name, "Deny"), (binding["policyName"].Text, Assert.Single(binding["validationActions"].Texts)));
        Assert.Equal(
            new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = "tracebloc" },
            binding.At("matchResources.namespaceSelector.matchLabels").Map);
    }

    /// <summary>Every account of the namespace that a role is bound to, but jobs-manager's own.</summary>
    [Theory]
    [InlineData("", "acme-auto-upgrade acme-image-refresh")]
    [InlineData("autoUpgrade: {enabled: false}", "acme-image-refresh")]
    [InlineData("imageRefresh: {enabled: false}", "acme-auto-upgrade")]
    [InlineData("autoUpgrade: {namespace: tracebloc-upgrade}", "acme-image-refresh")]
    public async Task Every_account_that_has_rights_is_reserved(string values, string reserved)
    {
        var chart = await Chart.Client.RenderAsync(Current with { Values = values });
        var expression = chart.Find("ValidatingAdmissionPolicy", Name).At("spec.validations").Items[0]["expression"];
        var bound = chart.Manifests.Where(manifest => manifest.Kind is "RoleBinding" or "ClusterRoleBinding")
            .SelectMany(binding => binding["subjects"].Items)
            .Where(subject => subject["namespace"].Text == "tracebloc")
            .Select(subject => subject["name"].Text)
            .Where(account => account != "acme-jobs-manager");

        Assert.Equal(reserved.Split(' '), bound.Distinct().Order());
        Assert.Contains($"['{reserved.Replace(" ", "', '")}']", expression.Text);
    }

    [Theory]
    [InlineData("v1", "")]
    [InlineData(Served, "clusterScope: false")]
    [InlineData(Served, "admissionPolicy: {create: false}")]
    [InlineData(Served, "{autoUpgrade: {enabled: false}, imageRefresh: {enabled: false}}")]
    public async Task There_is_no_policy_where_it_cannot_be_or_is_not_wanted(string served, string values)
    {
        var chart = await Chart.Client.RenderAsync(new Release { ApiVersion = served, Values = values });

        Assert.DoesNotContain("ValidatingAdmissionPolicy", chart.Text);
        Assert.DoesNotContain("validatingadmissionpolicies", chart.Text);
    }

    /// <summary>
    /// Auto-upgrade of an earlier chart may neither make a policy nor grant what it does not have, and helm fails where
    /// it may not look: such an upgrade must ask for nothing new.
    /// </summary>
    [Fact]
    public async Task An_upgrade_from_an_earlier_chart_needs_no_new_right()
    {
        await using var cluster = await Cluster.StartAsync([JobsManagerRole("")], "/api/v1/namespaces/tracebloc");

        var chart = await Chart.Client.RenderAsync(InCluster(cluster));

        Assert.DoesNotContain("ValidatingAdmissionPolicy", chart.Text);
        Assert.False(chart.RoleOf("Role", "acme-auto-upgrade").Allows("get", "", "namespaces", "tracebloc"));
        Assert.False(chart.Find("Role", "acme-jobs-manager-rbac").Annotations.ContainsKey(Rights));
        Assert.DoesNotContain("/api/v1/namespaces/tracebloc", cluster.Paths);
    }

    [Theory]
    [InlineData("namespace,admission-policy", "", true, true)]
    [InlineData("namespace", "", true, false)]
    [InlineData("", "admissionPolicy: {create: true}", true, true)]
    [InlineData("namespace,admission-policy", "admissionPolicy: {create: false}", false, false)]
    public async Task What_a_release_has_it_keeps_and_a_person_adds_the_rest(
        string rights, string values, bool looks, bool hasPolicy)
    {
        await using var cluster = await Cluster.StartAsync([JobsManagerRole(rights)]);

        var chart = await Chart.Client.RenderAsync(InCluster(cluster) with { Values = values });

        Assert.Equal(hasPolicy, chart.Has("ValidatingAdmissionPolicy", Name));
        Assert.Equal(hasPolicy, chart.Has("ValidatingAdmissionPolicyBinding", Name));
        Assert.Equal(
            looks, chart.RoleOf("Role", "acme-auto-upgrade").Allows("get", "", "namespaces", "tracebloc"));
        Assert.Equal(
            (looks, hasPolicy) switch
            {
                (true, true) => "namespace,admission-policy",
                (true, false) => "namespace",
                _ => null,
            },
            chart.Find("Role", "acme-jobs-manager-rbac").Annotations.GetValueOrDefault(Rights));
    }

    /// <summary>jobs-manager makes Jobs in its own namespace only.</summary>
    [Fact]
    public async Task The_account_of_auto_upgrade_can_stand_where_jobs_manager_starts_nothing()
    {
        var chart = await Chart.Client.RenderExampleAsync("upgrader-apart-values.yaml");
        var account = chart.Find("ServiceAccount", "acme-auto-upgrade");

        Assert.Equal("tracebloc-upgrade", account.Namespace);
        Assert.Equal(account.Namespace, chart.CronJob("acme-auto-upgrade").Manifest.Namespace);
        Assert.Contains("--namespace=tracebloc", chart.CronJob("acme-auto-upgrade").Container("upgrade").Arguments);
        Assert.DoesNotContain(chart.In(account.Namespace).Manifests, one => one.Text.Contains("jobs-manager"));
    }

    [Fact]
    public async Task Jobs_manager_makes_secrets_and_pods_by_jobs_and_reads_no_secret()
    {
        var role = (await Chart.Client.RenderAsync(Current)).RoleOf("Role", "acme-jobs-manager-rbac");

        Assert.Equal(["create", "delete"], VerbsOn(role, "secrets"));
        Assert.Equal(["get", "list", "watch"], VerbsOn(role, "pods"));
        Assert.Empty(VerbsOn(role, "cronjobs"));
        Assert.Empty(VerbsOn(role, "serviceaccounts/token"));
    }

    private static Release InCluster(Cluster cluster) =>
        new() { KubeConfig = cluster.KubeConfig, IsUpgrade = true };

    private static JsonObject JobsManagerRole(string rights) => new()
    {
        ["apiVersion"] = "rbac.authorization.k8s.io/v1",
        ["kind"] = "Role",
        ["metadata"] = new JsonObject
        {
            ["name"] = "acme-jobs-manager-rbac",
            ["annotations"] = rights == "" ? null : new JsonObject { [Rights] = rights },
        },
    };

    private static IEnumerable<string> VerbsOn(Role role, string resource) => role.Rules
        .Where(rule => rule.Groups.Intersect(["", "batch"]).Any() && rule.Resources.Contains(resource))
        .SelectMany(rule => rule.Verbs).Distinct().Order();

    private static string Describe(Node rule) =>
        $"{rule["apiGroups"].Texts[0]}/{rule["apiVersions"].Texts[0]} {rule["resources"].Texts[0]} "
        + string.Join(' ', rule["operations"].Texts);
}
