using System.Text;
using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Rendered;

/// <summary>The way out of a network that has one only.</summary>
public sealed class ProxyTests
{
    private static readonly string[] Urls = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"];

    private static readonly string[] Exceptions = ["NO_PROXY", "no_proxy"];

    /// <summary>Each container that talks to something outside the cluster.</summary>
    public static TheoryData<string, string> Containers => new()
    {
        { "Deployment/acme-jobs-manager", "pods-monitor-container" },
        { "Deployment/acme-requests-proxy", "proxy" },
        { "CronJob/acme-image-refresh", "refresh" },
        { "CronJob/acme-auto-upgrade", "upgrade" },
        { "Pod/acme-test-image-refresh", "refresh" },
    };

    [Theory]
    [MemberData(nameof(Containers))]
    public async Task It_reaches_them_in_both_spellings_and_by_reference(string workload, string container)
    {
        var found = await ContainerAsync(workload, container);

        Assert.All(Urls, name => Assert.Equal(
            "acme-proxy", found.Variable(name).At("valueFrom.secretKeyRef.name").Text));
    }

    [Theory]
    [MemberData(nameof(Containers))]
    public async Task The_cluster_itself_and_what_the_operator_names_are_reached_directly(
        string workload, string container)
    {
        var found = await ContainerAsync(workload, container);

        Assert.All(Exceptions, name =>
        {
            var direct = found.Value(name).Split(',');
            Assert.Superset(new HashSet<string> { ".example.com", "100.64.0.0/10" }, direct.ToHashSet());
            Assert.Superset(new HashSet<string> { ".svc", ".cluster.local", "127.0.0.1" }, direct.ToHashSet());
            Assert.Contains("$(KUBERNETES_SERVICE_HOST)", direct);
        });
    }

    [Fact]
    public async Task A_password_may_hold_what_a_url_may_not()
    {
        var secret = (await ChartAsync()).Find("Secret", "acme-proxy");
        var url = Encoding.UTF8.GetString(Convert.FromBase64String(secret["data"]["url"].Text));

        Assert.Equal("http://edge%2017:p%40ss%3Aw%2Frd%2B%25@proxy.example.com:3128", url);
        Assert.Equal("edge 17:p@ss:w/rd+%", Uri.UnescapeDataString(new Uri(url).UserInfo));
    }

    [Fact]
    public async Task Its_password_stands_nowhere_else()
    {
        var elsewhere = (await ChartAsync()).Manifests.Where(manifest => manifest.Kind != "Secret");

        Assert.All(elsewhere, manifest =>
        {
            Assert.DoesNotContain("p@ss", manifest.Text);
            Assert.DoesNotContain("p%40ss", manifest.Text);
        });
    }

    [Fact]
    public async Task Without_one_no_pod_hears_of_a_proxy()
    {
        var containers = (await Chart.Client.RenderAsync()).Containers;

        Assert.All(containers, container => Assert.DoesNotContain(
            container.Env, entry => entry["name"].Text.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>It talks to the database and to the API server.</summary>
    [Fact]
    public async Task Jobs_manager_needs_no_way_out() => Assert.DoesNotContain(
        (await ContainerAsync("Deployment/acme-jobs-manager", "api")).Env,
        entry => entry["name"].Text.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase));

    private static Task<Rendering> ChartAsync() => Chart.Client.RenderExampleAsync("proxy-values.yaml");

    private static async Task<Container> ContainerAsync(string workload, string container) =>
        (await ChartAsync()).Workloads.Single(one => one.Id == workload).Container(container);
}
