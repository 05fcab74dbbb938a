using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Values;

/// <summary>
/// Keys that only 1.x had: a release keeps upgrading itself where such a key asks for nothing, and stays on 1.x where
/// an upgrade would lose something.
/// </summary>
public sealed class RetiredValuesTests
{
    private const string Digest = Rendered.Pins.Digest;

    public static TheoryData<string> PublicExamples =>
        [.. Chart.Client.Examples.Where(example => example.StartsWith("upgrade-from-1x", StringComparison.Ordinal))];

    [Theory]
    [InlineData("resourceMonitor: false", "resourceMonitor")]
    [InlineData("resourceMonitor: true", "resourceMonitor")]
    [InlineData("nodeAgents: {namespace: {create: true, name: tracebloc-node-agents}}", "nodeAgents")]
    [InlineData("openshift: {scc: {enabled: true}}", "openshift")]
    [InlineData("namespace: {podSecurity: {enforce: ''}}", "namespace")]
    [InlineData("namespace: {}", "namespace")]
    [InlineData("namespace: {create: false, podSecurity: {warn: restricted, enforce: restricted}}", "namespace")]
    [InlineData("egressProxy: {enabled: false, routeWorkloads: true}", "egressProxy")]
    [InlineData("egressProxy: {enabled: true, routeWorkloads: false, port: 3128}", "egressProxy")]
    [InlineData("priorityClass: {create: false, name: '', value: 1000000}", "priorityClass")]
    [InlineData("gpu: {}", "gpu")]
    [InlineData("gpu: {devicePlugin: {enabled: false, image: {tag: a}}}", "gpu")]
    [InlineData("telemetryCollector: {enabled: false, image: {tag: a}}", "telemetryCollector")]
    [InlineData("perDatasetPvcs: false", "perDatasetPvcs")]
    [InlineData("perIngestionTables: null", "")]
    [InlineData("perExperimentDbCreds: false", "perExperimentDbCreds")]
    [InlineData("perExperimentDbCredsByEnv: {dev: true, prod: false}", "perExperimentDbCredsByEnv")]
    [InlineData("serviceDbAccountsByEnv: {dev: true, stg: true, prod: false}", "serviceDbAccountsByEnv")]
    [InlineData("mysqlRootPassword: ''", "mysqlRootPassword")]
    [InlineData("sealCheck: {image: {tag: a}}", "sealCheck")]
    [InlineData("images: {resourceMonitor: {digest: ''}}", "images.resourceMonitor")]
    [InlineData("images: {busybox: {tag: '1.35', digest: ''}}", "images.busybox")]
    [InlineData("images: {ingestor: {prodPin: true}}", "images.ingestor.prodPin")]
    [InlineData("images: {ingestor: {channelTags: {dev: dev, stg: stg, prod: ''}}}", "images.ingestor.channelTags")]
    [InlineData("images: {ingestor: {tag: '0.8', channelTags: {prod: '0.8'}}}", "images.ingestor.channelTags")]
    [InlineData("images: {ingestor: {prodDigest: ''}}", "images.ingestor.prodDigest")]
    [InlineData("images: {ingestor: {prodPin: false, prodDigest: '" + Digest + "'}}", "images.ingestor.prodDigest")]
    [InlineData("{env: {CLIENT_ENV: dev}, images: {ingestor: {prodDigest: '" + Digest + "'}}}",
        "images.ingestor.prodDigest")]
    [InlineData("imageRefresh: {maxSkipTicks: 8}", "imageRefresh.maxSkipTicks")]
    [InlineData("networkPolicy: {training: {enforcementProbeHost: 1.1.1.1}}",
        "networkPolicy.training.enforcementProbeHost")]
    public async Task A_key_that_asks_for_nothing_is_accepted_and_named_as_idle(string values, string key)
    {
        var notes = await Chart.Client.NotesAsync(values);

        Assert.Contains(key == "" ? "Warnings:" : $"Key of 1.x, remove it: {key} (idle", notes);
    }

    [Theory]
    [InlineData("namespace: {create: true}", "namespace")]
    [InlineData("egressProxy: {routeWorkloads: true}", "egressProxy")]
    [InlineData("priorityClass: {create: true, name: data}", "priorityClass")]
    [InlineData("priorityClass: {name: theirs}", "priorityClass")]
    [InlineData("gpu: {devicePlugin: {enabled: true}}", "gpu")]
    [InlineData("telemetryCollector: {enabled: true}", "telemetryCollector")]
    [InlineData("perDatasetPvcs: true", "perDatasetPvcs")]
    [InlineData("perIngestionTables: true", "perIngestionTables")]
    [InlineData("perExperimentDbCreds: true", "perExperimentDbCreds")]
    [InlineData("perExperimentDbCredsByEnv: {prod: true}", "perExperimentDbCredsByEnv")]
    [InlineData("serviceDbAccounts: true", "serviceDbAccounts")]
    [InlineData("{env: {CLIENT_ENV: staging}, serviceDbAccountsByEnv: {stg: true}}", "serviceDbAccountsByEnv")]
    [InlineData("mysqlRootPassword: s3cret", "mysqlRootPassword")]
    [InlineData("networkPolicy: {training: {enforcementProbeHost: probe.example.com}}",
        "networkPolicy.training.enforcementProbeHost")]
    public async Task A_key_whose_effect_would_be_lost_is_refused_with_what_to_do(string values, string key)
    {
        var refusal = await Chart.Client.RefusalAsync(values);

        Assert.Contains($"{key} is not part of this chart since 2.0: remove it (README, Upgrading from 1.x)", refusal);
        Assert.DoesNotContain("s3cret", refusal);
    }

    [Theory]
    [InlineData("channelTags: {prod: '0.8'}", "channelTags", "tag")]
    [InlineData("prodDigest: '" + Digest + "'", "prodDigest", "digest")]
    public async Task A_pin_or_tag_that_would_be_lost_is_refused_with_its_replacement(
        string option, string key, string replacement) => Assert.Contains(
        $"images.ingestor.{key} is not part of this chart since 2.0: set images.ingestor.{replacement} instead",
        await Chart.Client.RefusalAsync($"images: {{ingestor: {{{option}}}}}"));

    /// <summary>Its auto-upgrade keeps the old defaults (`helm upgrade --reuse-values`).</summary>
    [Fact]
    public async Task The_defaults_of_1_4_are_accepted() => Assert.True((await Chart.Client.RenderAsync(
        """
        podTokenSigningSecret: ""
        resourceMonitor: true
        nodeAgents: {namespace: {create: true, name: tracebloc-node-agents}}
        openshift: {scc: {enabled: false}}
        namespace: {create: false, podSecurity: {warn: restricted, warnVersion: latest, enforce: restricted}}
        networkPolicy: {training: {enabled: true, enforcementProbeHost: "1.1.1.1", dnsSelector: {}}}
        egressProxy: {enabled: true, routeWorkloads: false, image: {repository: ubuntu/squid}, allowlist: [a.example]}
        images:
          ingestor: {tag: "0.3", autoRefresh: true}
          resourceMonitor: {digest: ""}
          mysqlClient: {tag: "", digest: ""}
          busybox: {tag: "1.35", digest: ""}
        priorityClass: {create: false, name: "", value: 1000000}
        storageClass: {create: true, provisioner: efs.csi.aws.com}
        """)).Has("Deployment", "acme-jobs-manager"));

    [Theory]
    [MemberData(nameof(PublicExamples))]
    public async Task The_public_examples_of_1x_upgrade_as_they_are(string example)
    {
        var chart = await Chart.Client.RenderExampleAsync(example);

        Assert.True(chart.Has("Deployment", "acme-jobs-manager"));
        Assert.True(chart.Has("CronJob", "acme-auto-upgrade"));
    }
}
