using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Rendered;

public sealed class SecretTests
{
    [Fact]
    public async Task The_clients_secret_holds_what_was_given()
    {
        var secret = (await Chart.Client.RenderAsync()).Find("Secret", "acme-secrets");

        Assert.Equal("edge-17", Decoded(secret, "CLIENT_ID"));
        Assert.Equal("not-a-password", Decoded(secret, "CLIENT_PASSWORD"));
        Assert.Equal("not-a-key-but-as-long-as-one-must-be", Decoded(secret, "POD_TOKEN_SIGNING_SECRET"));
    }

    [Fact]
    public async Task A_key_that_was_not_given_is_made()
    {
        var (one, other) = (await KeyAsync(new Chart("charts/client")), await KeyAsync(new Chart("charts/client")));

        Assert.Matches("^[A-Za-z0-9]{48}$", one);
        Assert.NotEqual(one, other);
    }

    /// <summary>The key of 1.x was of any length, and jobs-manager refuses a short one.</summary>
    [Theory]
    [InlineData("0123456789abcdef0123456789abcdef", "^0123456789abcdef0123456789abcdef$")]
    [InlineData("0123456789abcdef0123456789abcde", "^[A-Za-z0-9]{48}$")]
    public async Task An_upgrade_keeps_the_key_unless_it_is_too_short(string kept, string expected)
    {
        await using var cluster = await Cluster.StartAsync(
        [
            new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Secret",
                ["metadata"] = new JsonObject
                {
                    ["name"] = "acme-secrets",
                    ["namespace"] = "tracebloc",
                    ["labels"] = new JsonObject { ["app.kubernetes.io/managed-by"] = "Helm" },
                    ["annotations"] = new JsonObject
                    {
                        ["meta.helm.sh/release-name"] = "acme",
                        ["meta.helm.sh/release-namespace"] = "tracebloc",
                    },
                },
                ["data"] = new JsonObject
                {
                    ["POD_TOKEN_SIGNING_SECRET"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(kept)),
                },
            },
        ]);
        var chart = await Chart.Client.RenderAsync(new Release
        {
            Values = "podTokenSigningSecret: ''",
            KubeConfig = cluster.KubeConfig,
            IsUpgrade = true,
        });

        Assert.Matches(expected, Decoded(chart.Find("Secret", "acme-secrets"), "POD_TOKEN_SIGNING_SECRET"));
    }

    [Fact]
    public async Task A_pull_secret_is_made_of_the_registrys_fields()
    {
        const string Values =
            "dockerRegistry: {create: true, server: harbor.example.com, username: robot, password: not-a-password}";

        var secret = (await Chart.Client.RenderAsync(Values)).Find("Secret", "acme-regcred");
        var account = Node.Parse(Decoded(secret, ".dockerconfigjson"))["auths"]["harbor.example.com"];

        Assert.Equal("kubernetes.io/dockerconfigjson", secret["type"].Text);
        Assert.Equal(("robot", "not-a-password"), (account["username"].Text, account["password"].Text));
        Assert.Equal("robot:not-a-password", Decoded(account["auth"].Text));
    }

    [Theory]
    [InlineData("dockerRegistry: {create: true, username: robot, password: not-a-password}", "acme-regcred")]
    [InlineData("dockerRegistry: {existingSecret: harbor-pull}", "harbor-pull")]
    public async Task Every_pod_pulls_with_the_pull_secret(string values, string secret)
    {
        var chart = await Chart.Client.RenderAsync(values);

        Assert.All(
            chart.Workloads,
            workload => Assert.Equal(
                [secret], workload.Pod["imagePullSecrets"].Items.Select(item => item["name"].Text)));
    }

    [Theory]
    [InlineData("dockerRegistry: {create: true, username: robot, password: not-a-password}")]
    [InlineData("dockerRegistry: {existingSecret: harbor-pull}")]
    public async Task Image_refresh_asks_the_registry_with_the_pull_secret(string values)
    {
        var chart = await Chart.Client.RenderAsync(values);
        var cronJob = chart.CronJob("acme-image-refresh");
        var mount = cronJob.Container("refresh").Mounts.Single(one => one["name"].Text == "registry");
        var secret = cronJob.Volumes.Single(one => one["name"].Text == "registry").At("secret.secretName").Text;

        Assert.NotNull(WorkerConfiguration.ReadFrom(chart).DockerConfigFile);
        Assert.Contains($"{mount["mountPath"].Text}/.dockerconfigjson", WorkerConfiguration.FilesIn(chart));
        Assert.Equal(cronJob.Pod["imagePullSecrets"].Items[0]["name"].Text, secret);
    }

    [Fact]
    public async Task With_a_secret_of_the_operators_the_chart_makes_none() => Assert.DoesNotContain(
        (await Chart.Client.RenderExampleAsync("existing-secrets-values.yaml")).Manifests,
        manifest => manifest.Kind == "Secret");

    private static async Task<string> KeyAsync(Chart chart) => Decoded(
        (await chart.RenderAsync("podTokenSigningSecret: ''")).Find("Secret", "acme-secrets"),
        "POD_TOKEN_SIGNING_SECRET");

    private static string Decoded(Manifest secret, string key) => Decoded(secret["data"][key].Text);

    private static string Decoded(string text) => Encoding.UTF8.GetString(Convert.FromBase64String(text));
}
