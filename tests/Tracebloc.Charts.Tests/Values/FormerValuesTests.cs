using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Values;

/// <summary>An installation of 1.x goes on under this chart, on what is there already.</summary>
public sealed class FormerValuesTests
{
    private const string Example = "upgrade-from-1x-values.yaml";

    private static readonly ValuesFile Values = ValuesFile.Of(Chart.Client);

    public static TheoryData<string> Sections =>
        [.. Values.Keys.Where(key => key.IsSection).Select(key => key.Path)];

    [Theory]
    [InlineData("Deployment", "acme-jobs-manager")]
    [InlineData("Deployment", "acme-requests-proxy")]
    [InlineData("Deployment", "mysql-client")]
    [InlineData("Service", "jobs-manager")]
    [InlineData("Service", "requests-proxy-service")]
    [InlineData("Service", "mysql-client")]
    [InlineData("PersistentVolumeClaim", "client-pvc")]
    [InlineData("PersistentVolumeClaim", "client-logs-pvc")]
    [InlineData("PersistentVolumeClaim", "mysql-pvc")]
    [InlineData("PersistentVolume", "acme-data-pv")]
    [InlineData("PersistentVolume", "acme-logs-pv")]
    [InlineData("PersistentVolume", "acme-mysql-pv")]
    [InlineData("StorageClass", "acme-storage-class")]
    [InlineData("Secret", "acme-secrets")]
    [InlineData("Secret", "acme-regcred")]
    [InlineData("ServiceAccount", "acme-jobs-manager")]
    [InlineData("ServiceAccount", "ingestor")]
    [InlineData("ConfigMap", "acme-ingestion-authz")]
    [InlineData("ConfigMap", "mysql-client-config")]
    [InlineData("CronJob", "acme-image-refresh")]
    [InlineData("CronJob", "acme-auto-upgrade")]
    [InlineData("NetworkPolicy", "acme-training-egress")]
    public async Task What_others_rely_on_keeps_its_name(string kind, string name) =>
        Assert.True((await Chart.Client.RenderExampleAsync(Example)).Has(kind, name));

    /// <summary>Selectors cannot be changed: an upgrade that tries is refused by Kubernetes.</summary>
    [Theory]
    [InlineData("acme-jobs-manager", "manager")]
    [InlineData("acme-requests-proxy", "requests-proxy")]
    [InlineData("mysql-client", "mysql-client")]
    public async Task A_deployment_selects_as_it_did(string deployment, string app)
    {
        var chart = await Chart.Client.RenderExampleAsync(Example);

        var selector = chart.Deployment(deployment).Spec.At("selector.matchLabels").Map;

        Assert.Equal(new Dictionary<string, string> { ["app"] = app }, selector);
    }

    /// <summary>The role of a binding cannot be changed either.</summary>
    [Theory]
    [InlineData("RoleBinding", "acme-image-refresh", "Role/acme-image-refresh")]
    [InlineData("RoleBinding", "acme-auto-upgrade", "Role/acme-auto-upgrade")]
    [InlineData("ClusterRoleBinding", "acme-jobs-manager-rbac", "ClusterRole/acme-jobs-manager-rbac")]
    [InlineData("ClusterRoleBinding", "acme-auto-upgrade-scoped", "ClusterRole/acme-auto-upgrade")]
    public async Task A_binding_grants_the_role_that_it_did(string kind, string name, string role)
    {
        var reference = (await Chart.Client.RenderExampleAsync(Example)).Find(kind, name)["roleRef"];

        Assert.Equal(role, $"{reference["kind"].Text}/{reference["name"].Text}");
    }

    /// <summary>1.x bound cluster-admin under that name, and a binding that exists cannot be bound to less.</summary>
    [Fact]
    public async Task The_binding_that_gave_everything_is_gone() => Assert.False(
        (await Chart.Client.RenderExampleAsync(Example)).Has("ClusterRoleBinding", "acme-auto-upgrade"));

    [Fact]
    public async Task What_was_asked_of_image_refresh_is_asked_still()
    {
        var chart = await Chart.Client.RenderExampleAsync(Example);
        var worker = Rendered.WorkerConfiguration.ReadFrom(chart);

        Assert.Equal(TimeSpan.FromMinutes(15), worker.RolloutTimeout);
        Assert.Equal(5, worker.FailureThreshold);
        Assert.Equal("ghcr.io/tracebloc/ingestor:0.3", $"{worker.Images[^1].Image}");
    }

    /// <summary>1.x with a digest in its defaults let nothing float; here its absence does.</summary>
    [Fact]
    public async Task No_digest_that_the_operator_did_not_set_pins_anything()
    {
        var worker = Rendered.WorkerConfiguration.ReadFrom(await Chart.Client.RenderExampleAsync(Example));

        Assert.Equal(4, worker.Images.Count);
        Assert.All(worker.Images, image => Assert.Null(image.Image.Digest));
    }

    /// <summary>As after `helm upgrade --reuse-values` from a version that had no such section.</summary>
    [Theory]
    [MemberData(nameof(Sections))]
    public async Task A_section_may_be_missing(string section) => await Missing([section]);

    /// <summary>As after the same from a version whose sections had no more than their switches.</summary>
    [Theory]
    [MemberData(nameof(Sections))]
    public async Task All_but_the_switches_of_a_section_may_be_missing(string section) => await Missing(Values.Leaves
        .Where(key => key.Path.StartsWith(section + ".", StringComparison.Ordinal))
        .Where(key => key.Default.Text is not ("true" or "false"))
        .Select(key => key.Path));

    [Fact]
    public async Task All_that_belongs_to_no_section_may_be_missing() => await Missing(Values.Leaves
        .Select(key => key.Path)
        .Where(path => !path.Contains('.') && path is not ("clientId" or "clientPassword")));

    private static async Task Missing(IEnumerable<string> keys)
    {
        var without = new Release { Set = string.Join(',', keys.Select(key => $"{key}=null")) };

        Assert.True((await Chart.Client.RenderAsync(without)).Has("Deployment", "acme-jobs-manager"));
    }
}
