using Tracebloc.CommandLine;
using Tracebloc.Ingestor.Verbs;
using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests.Verbs;

public sealed class SubmitCommandLineTests
{
    private static readonly string Digest = "sha256:" + new string('0', 64);

    [Fact]
    public void A_file_alone_has_defaults() => Assert.Equal(
        new SubmitOptions { File = "ingest.yaml", Timeout = TimeSpan.FromMinutes(2) }, Read("ingest.yaml"));

    [Fact]
    public void Every_option_has_its_place() => Assert.Equal(
        new SubmitOptions
        {
            File = "ingest.yaml",
            To = new Uri("https://jobs.example.com/"),
            TokenFile = "token",
            ConfigMap = "my-dataset",
            ImageDigest = Digest,
            Parallelism = 4,
            Timeout = TimeSpan.FromMinutes(5),
            Wait = TimeSpan.FromHours(6),
            Namespace = "edge",
            Cluster = new ClusterOptions("edge.yaml", "edge-7"),
            Output = OutputFormat.Json,
        },
        Read(
            "ingest.yaml", "--to", "https://jobs.example.com", "--token-file", "token", "--config-map", "my-dataset",
            "--image-digest", Digest, "--parallelism", "4", "--timeout", "5m", "--wait", "--wait-timeout", "6h",
            "--namespace", "edge", "--kubeconfig", "edge.yaml", "--context", "edge-7", "--output", "json"));

    [Fact]
    public void A_wait_takes_at_most_an_hour() =>
        Assert.Equal(TimeSpan.FromHours(1), Read("ingest.yaml", "--wait")?.Wait);

    [Theory]
    [InlineData("--to", "http://jobs.example.com", "without TLS")]
    [InlineData("--to", "jobs", "is not an address")]
    [InlineData("--key", "a/b", "has other letters")]
    [InlineData("--config-map", "My_Map", "is no name of a ConfigMap")]
    [InlineData("--image-digest", "latest", "is no digest")]
    [InlineData("--image-digest", "sha256:0F", "is no digest")]
    [InlineData("--parallelism", "65", "is no number from 1 to 64")]
    [InlineData("--parallelism", "two", "is no number from 1 to 64")]
    [InlineData("--namespace", "Edge", "is no name of a namespace")]
    [InlineData("--timeout", "2", "is not a duration")]
    public async Task A_wrong_value_is_named_with_its_remedy(string option, string value, string fault)
    {
        var (code, error) = await MistakeAsync("ingest.yaml", option, value);

        Assert.Equal(IngestorExit.Usage, code);
        Assert.Contains(fault, error);
        Assert.Contains(value, error);
    }

    [Theory]
    [InlineData("--key and --config-map exclude each other", "--key", "k", "--config-map", "m")]
    [InlineData("--wait-timeout has a meaning with --wait only", "--wait-timeout", "1h")]
    public async Task Options_that_contradict_each_other_are_named(string fault, params string[] options)
    {
        var (code, error) = await MistakeAsync(["ingest.yaml", .. options]);

        Assert.Equal(IngestorExit.Usage, code);
        Assert.Contains(fault, error);
    }

    private static SubmitOptions? Read(params string[] args) =>
        (SubmitOptions?)App.CommandLine().Read(["submit", .. args]);

    private static async Task<(int Code, string Error)> MistakeAsync(params string[] args)
    {
        using var console = new StringConsole(App.CommandLine().InvokeAsync);
        var code = await console.InvokeAsync(["submit", .. args], TestContext.Current.CancellationToken);
        return (code, console.Error);
    }
}
