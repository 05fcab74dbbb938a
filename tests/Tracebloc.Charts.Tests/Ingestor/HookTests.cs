using k8s;
using k8s.Models;

namespace Tracebloc.Charts.Tests.Ingestor;

/// <summary>The Job that submits the data set after an installation and after an upgrade.</summary>
public sealed class HookTests
{
    private const string Digest = "sha256:1111111111111111111111111111111111111111111111111111111111111111";

    [Fact]
    public async Task It_runs_after_each_installation_and_upgrade_and_stays_for_its_log()
    {
        var annotations = (await IngestorChart.HookAsync()).Manifest.Annotations;

        Assert.Equal("post-install,post-upgrade", annotations["helm.sh/hook"]);
        Assert.Equal("before-hook-creation", annotations["helm.sh/hook-delete-policy"]);
        Assert.Equal("hook-failed", annotations["helm.sh/hook-output-log-policy"]);
    }

    /// <summary>The ConfigMap's uid tells one installation from the next, so helm has to remove it.</summary>
    [Fact]
    public async Task All_else_belongs_to_the_release()
    {
        var chart = await IngestorChart.RenderAsync();

        Assert.Equal(["ConfigMap", "Job", "Role", "RoleBinding"], chart.Manifests.Select(one => one.Kind).Order());
        Assert.All(
            chart.Manifests.Where(manifest => manifest.Kind != "Job"),
            manifest => Assert.Empty(manifest.Annotations));
    }

    [Fact]
    public async Task It_fails_at_once_with_its_reason()
    {
        var hook = await IngestorChart.HookAsync();

        Assert.Equal("0", hook.Spec["backoffLimit"].Text);
        Assert.Equal("Never", hook.Pod["restartPolicy"].Text);
        Assert.Equal("FallbackToLogsOnError", hook.Container("submit")["terminationMessagePolicy"].Text);
        Assert.False(hook.Spec["ttlSecondsAfterFinished"].Exists);
    }

    [Fact]
    public async Task It_submits_the_document_of_the_config_map_to_jobs_manager_of_its_namespace() => Assert.Equal(
        [
            "submit", "/etc/ingest/ingest.yaml", "--to=http://jobs-manager.tracebloc.svc:8080",
            "--token-file=/var/run/secrets/tracebloc/token", "--namespace=tracebloc", "--config-map=acme-submit",
            "--timeout=90s",
        ],
        await ArgumentsAsync(""));

    [Theory]
    [InlineData("jobsManager: {url: 'http://jobs-manager.clinic.svc'}", "--to=http://jobs-manager.clinic.svc")]
    [InlineData("imageDigest: " + Digest, "--image-digest=" + Digest)]
    [InlineData("parallelism: 4", "--parallelism=4")]
    [InlineData("timeout: 3m", "--timeout=3m")]
    [InlineData("wait: {enabled: true}", "--wait")]
    [InlineData("wait: {enabled: true}", "--wait-timeout=1h")]
    [InlineData("key: houses-1", "--key=houses-1")]
    public async Task A_value_becomes_an_option(string value, string option) =>
        Assert.Contains(option, await ArgumentsAsync($"submit: {{{value}}}"));

    [Theory]
    [InlineData("wait: {timeout: 2h}", "--wait")]
    [InlineData("parallelism: 1", "--parallelism")]
    [InlineData("key: houses-1", "--config-map")]
    public async Task An_option_that_does_not_apply_is_left_out(string value, string option) => Assert.DoesNotContain(
        await ArgumentsAsync($"submit: {{{value}}}"),
        argument => argument.StartsWith(option, StringComparison.Ordinal));

    /// <summary>A number for a shell, a boolean for YAML: the key is neither.</summary>
    [Theory]
    [InlineData("'0123'")]
    [InlineData("'true'")]
    [InlineData("'1e3'")]
    public async Task A_key_is_a_text(string key) =>
        Assert.Contains($"--key={key.Trim('\'')}", await ArgumentsAsync($"submit: {{key: {key}}}"));

    [Fact]
    public async Task Its_token_is_for_jobs_manager_alone_and_expires_after_ten_minutes()
    {
        var hook = await IngestorChart.HookAsync();

        var token = hook.Volumes.Single(volume => volume["name"].Text == "token").At("projected.sources").Items;
        Assert.Equal(
            "{\"serviceAccountToken\": {\"audience\": \"jobs-manager\", \"expirationSeconds\": 600, "
            + "\"path\": \"token\"}}",
            Assert.Single(token).Json);
        var mount = hook.Container("submit").Mounts.Single(one => one["name"].Text == "token");
        Assert.Equal("/var/run/secrets/tracebloc", mount["mountPath"].Text);
    }

    [Fact]
    public async Task It_knows_nothing_of_a_proxy() =>
        Assert.Empty((await IngestorChart.HookAsync()).Container("submit").Env);

    [Fact]
    public async Task It_stays_out_of_service_meshes_unless_the_values_say_otherwise()
    {
        var own = (await IngestorChart.HookAsync()).PodMetadata;
        var meshed = (await IngestorChart.HookAsync(
            "submit: {pods: {labels: {sidecar.istio.io/inject: 'true'}, annotations: {team: imaging}}}")).PodMetadata;

        Assert.Equal("false", own["labels"]["sidecar.istio.io/inject"].Text);
        Assert.Equal("disabled", own["annotations"]["linkerd.io/inject"].Text);
        Assert.Equal("true", meshed["labels"]["sidecar.istio.io/inject"].Text);
        Assert.Equal("imaging", meshed["annotations"]["team"].Text);
    }

    [Fact]
    public async Task The_labels_of_its_pod_are_the_charts_own() => Assert.Equal(
        "submit",
        (await IngestorChart.HookAsync("submit: {pods: {labels: {app.kubernetes.io/component: other}}}"))
            .PodMetadata["labels"]["app.kubernetes.io/component"].Text);

    [Fact]
    public async Task It_goes_where_the_values_send_it()
    {
        var hook = await IngestorChart.HookAsync(
            "submit: {nodeSelector: {kubernetes.io/arch: amd64}, tolerations: [{operator: Exists}]}");

        Assert.Equal("amd64", hook.Pod["nodeSelector"]["kubernetes.io/arch"].Text);
        Assert.Equal("Exists", Assert.Single(hook.Pod["tolerations"].Items)["operator"].Text);
    }

    [Fact]
    public async Task Resources_are_merged_over_the_charts_own()
    {
        var container = (await IngestorChart.HookAsync("submit: {resources: {limits: {memory: 256Mi}}}"))
            .Container("submit");

        Assert.Equal("256Mi", container["resources"].At("limits.memory").Text);
        Assert.Equal("64Mi", container["resources"].At("requests.memory").Text);
    }

    /// <summary>A field that Kubernetes does not know would be dropped without a word.</summary>
    [Fact]
    public async Task Every_field_is_one_of_kubernetes()
    {
        var chart = await IngestorChart.Chart.RenderExampleAsync("everything-values.yaml");
        var text = IngestorChart.HookIn(chart).Manifest.Text;

        Assert.Equal(7470, KubernetesYaml.Deserialize<V1Job>(text, strict: true).Spec.ActiveDeadlineSeconds);
        Assert.ThrowsAny<Exception>(() =>
            KubernetesYaml.Deserialize<V1Job>(text.Replace("backoffLimit:", "backOffLimit:"), strict: true));
    }

    private static async Task<IReadOnlyList<string>> ArgumentsAsync(string values) =>
        (await IngestorChart.HookAsync(values)).Container("submit")["args"].Texts;
}
