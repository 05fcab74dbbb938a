namespace Tracebloc.Charts.Tests.Harness;

/// <summary>What helm is told of an installation, with good defaults, so that a test says one thing.</summary>
internal sealed record Release
{
    public string Name { get; init; } = "acme";

    /// <summary>YAML: what is said beside <see cref="ValuesFile"/>, and before it.</summary>
    public string Values { get; init; } = "";

    /// <summary>What every installation must say, unless a test is about that.</summary>
    public string ValuesFile { get; init; } = InTests("required-values.yaml");

    /// <summary>One value by its path, in JSON, before all others: <c>imageRefresh.enabled=false</c>.</summary>
    public string Set { get; init; } = "";

    public string KubeVersion { get; init; } = "1.30.0";

    /// <summary>A version that is served beside those that helm takes for granted.</summary>
    public string ApiVersion { get; init; } = "v1";

    public bool IsUpgrade { get; init; }

    public IReadOnlyList<string> Template(string chart) =>
    [
        "template", Name, chart, "--namespace", "tracebloc", "--values", ValuesFile, "--values", "-",
        "--kube-version", KubeVersion, "--api-versions", ApiVersion,
        .. Set == "" ? (string[])[] : ["--set-json", Set],
        .. IsUpgrade ? (string[])["--is-upgrade"] : [],
    ];

    private static string InTests(string file) => Path.Combine(AppContext.BaseDirectory, file);
}
