namespace Tracebloc.Charts.Tests.Harness;

/// <summary>The options of an installation, with defaults, so that a test sets one thing.</summary>
internal sealed record Release
{
    public string Name { get; init; } = "acme";

    public string Namespace { get; init; } = "tracebloc";

    /// <summary>YAML: what is said beside <see cref="ValuesFile"/>, and before it.</summary>
    public string Values { get; init; } = "";

    /// <summary>The required values, unless a test is about those.</summary>
    public string ValuesFile { get; init; } = InTests("required-values.yaml");

    /// <summary>Values by their paths, in JSON, before all others: <c>imageRefresh.enabled=false</c>.</summary>
    public string Set { get; init; } = "";

    public string KubeVersion { get; init; } = "1.30.0";

    /// <summary>A version that is served beside those that helm takes for granted.</summary>
    public string ApiVersion { get; init; } = "v1";

    /// <summary>The cluster that helm looks at; empty: none, and <see cref="KubeVersion"/> counts.</summary>
    public string KubeConfig { get; init; } = "";

    /// <summary>Whether the release is there already.</summary>
    public bool IsUpgrade { get; init; }

    private string[] InCluster => ["--dry-run=server", "--kubeconfig", KubeConfig, "--disable-openapi-validation"];

    /// <summary>How helm is asked what it would apply.</summary>
    public IReadOnlyList<string> Template(string chart) =>
    [
        "template", .. Given(chart), .. IsUpgrade ? (string[])["--is-upgrade"] : [],
        .. KubeConfig == ""
            ? (string[])["--kube-version", KubeVersion, "--api-versions", ApiVersion]
            : InCluster,
    ];

    /// <summary>How helm is asked what it would say.</summary>
    public IReadOnlyList<string> DryRun(string chart) =>
    [
        IsUpgrade ? "upgrade" : "install", .. Given(chart), "--output", "json",
        .. KubeConfig == "" ? (string[])["--dry-run=client"] : InCluster,
    ];

    private string[] Given(string chart) =>
    [
        Name, chart, "--namespace", Namespace, "--values", ValuesFile, "--values", "-",
        .. Set == "" ? (string[])[] : ["--set-json", Set],
    ];

    private static string InTests(string file) => Path.Combine(AppContext.BaseDirectory, file);
}
