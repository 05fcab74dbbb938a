using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Values;

/// <summary>Values that helm rejects before an installation, and its messages.</summary>
public sealed class SchemaTests
{
    private static readonly IReadOnlyList<SchemaProperty> Properties = SchemaFile.Of(Chart.Client).Properties;

    private static readonly IReadOnlyList<string> Closed =
    [
        "",
        .. Properties.Where(property => property is { IsObject: true, TakesAnyKey: false })
            .Select(property => property.Path + "."),
    ];

    /// <summary>Each section, and the top.</summary>
    public static TheoryData<string> Sections => [.. Closed];

    [Theory]
    [MemberData(nameof(Sections))]
    public async Task A_mistyped_key_is_refused_by_its_name(string section)
    {
        var refusal = await Chart.Client.RefusalAsync(All(Closed.Select(one => $"{one}mistyped=1")));

        Assert.Contains($"- at '{Pointer(section)}': additional properties 'mistyped' not allowed", refusal);
    }

    [Theory]
    [InlineData("images.ingestor.digest", "\"sha256:abc\"")]
    [InlineData("imageRefresh.rolloutTimeout", "\"10 minutes\"")]
    [InlineData("imageRefresh.rolloutTimeout", "\"0s\"")]
    [InlineData("imageRefresh.policy.minAge", "\"1d\"")]
    [InlineData("imageRefresh.policy.windows", "[]")]
    [InlineData("imageRefresh.policy.verify", "{\"notOlderThan\": \"90d\"}")]
    [InlineData("imageRefresh.policy.verify.notOlderThan", "\"2160h\"")]
    [InlineData("admissionPolicy.create", "\"yes\"")]
    [InlineData("autoUpgrade.verify", "\"yes\"")]
    [InlineData("autoUpgrade.namespace", "\"A\"")]
    [InlineData("imageRefresh.policy.windows", "[\"always\"]")]
    [InlineData("imageRefresh.policy.platforms", "[\"amd64\"]")]
    [InlineData("imageRefresh.credentials.pullSecrets", "[]")]
    [InlineData("imageRefresh.credentials.helpers", "{}")]
    [InlineData("imageRefresh.credentials.helpers", "{\"https://ghcr.io/v1\": \"x\"}")]
    [InlineData("imageRefresh.credentials.helpers", "{\"index.docker.io\": \"x\"}")]
    [InlineData("imageRefresh.notices.metrics", "{}")]
    [InlineData("imageRefresh.notices.metrics.prometheusRule", "{\"labels\": {}}")]
    [InlineData("imageRefresh.notices.metrics.prometheusRule.matchers", "\"edge\"")]
    [InlineData("imageRefresh.notices.metrics.dashboard.enabled", "\"yes\"")]
    [InlineData("imageRefresh.readPods", "\"yes\"")]
    [InlineData("pods.labels", "{\"team\": 1}")]
    [InlineData("imageRefresh.maxRefreshAttempts", "0")]
    [InlineData("imageRefresh.failureThreshold", "0")]
    [InlineData("imageRefresh.enabled", "\"yes\"")]
    [InlineData("imageRefresh.schedule", "\"hourly\"")]
    [InlineData("env.CLIENT_ENV", "\"test\"")]
    [InlineData("ingestionAuthz.tokenSecret", "\"yes\"")]
    [InlineData("ingestion.nodeSelector", "{\"zone\": \"a,b=c\"}")]
    [InlineData("ingestion.resources", "{\"cpu\": 1}")]
    [InlineData("database.existingSecret", "\"Tracebloc DB\"")]
    [InlineData("networkPolicy.ingestion", "\"yes\"")]
    [InlineData("networkPolicy.apiServerPorts", "[0]")]
    [InlineData("networkPolicy.apiServerPorts", "[\"https\"]")]
    [InlineData("networkPolicy.training.dnsCidrs", "[\"169.254.20.10\"]")]
    [InlineData("ingestion.fixedUser", "\"yes\"")]
    [InlineData("database.caBundle", "\"/ca.crt\"")]
    [InlineData("pvc.data", "\"50\"")]
    [InlineData("pvcAccessMode", "\"ReadWriteSome\"")]
    [InlineData("autoUpgrade.repoUrl", "\"ftp://example.com\"")]
    [InlineData("global.imageRegistry", "\"https://harbor.example.com\"")]
    public async Task A_value_of_the_wrong_kind_is_refused_by_its_place(string key, string value)
    {
        var refusal = await Chart.Client.RefusalAsync(new Release { Set = $"{key}={value}" });

        Assert.Contains($"at '{Pointer(key)}", refusal);
    }

    /// <summary>Every default keeps to its own schema.</summary>
    [Fact]
    public async Task Every_default_is_accepted() =>
        Assert.NotEmpty((await Chart.Client.RenderAsync(Chart.Client.Read("values.yaml")
            .Replace("clientId: \"\"", "clientId: edge-17")
            .Replace("clientPassword: \"\"", "clientPassword: not-a-password"))).Manifests);

    /// <summary>One refusal says all that is wrong, so helm is asked once.</summary>
    private static Release All(IEnumerable<string> values) => new() { Set = string.Join(',', values) };

    private static string Pointer(string path) => path == "" ? "" : "/" + path.TrimEnd('.').Replace('.', '/');
}
