using System.Text.RegularExpressions;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Tests.Verbs;

public sealed partial class SmallVerbTests : IDisposable
{
    private readonly FakeTerminal _terminal = new();

    public void Dispose() => _terminal.Dispose();

    [Fact]
    public async Task The_version_names_the_build_and_the_schema()
    {
        Assert.Equal(0, await _terminal.RunAsync("version"));

        Assert.Matches(Version(), _terminal.Output);
        Assert.Contains($"\ningest.v1 sha256:{IngestSchema.Sha256}\n", _terminal.Output);
    }

    [Fact]
    public async Task The_version_is_one_object_for_programs()
    {
        Assert.Equal(0, await _terminal.RunAsync("version", "--output", "json"));

        var json = _terminal.Json;
        Assert.Equal(("succeeded", 0), ((string)json["status"]!, (int)json["exit_code"]!));
        Assert.All(
            (string[])["version", "commit", "build_date", "runtime", "platform"],
            key => Assert.NotEmpty((string)json[key]!));
        Assert.Equal(IngestSchema.Sha256, (string)json["schemas"]![0]!["sha256"]!);
    }

    [Fact]
    public async Task Login_says_that_nothing_is_to_be_done()
    {
        Assert.Equal(0, await _terminal.RunAsync("login"));
        Assert.StartsWith(
            "Nothing is to be done: tracebloc uses the kubeconfig that kubectl uses.\n", _terminal.Output);
    }

    [Fact]
    public async Task Login_has_an_object_for_programs()
    {
        Assert.Equal(0, await _terminal.RunAsync("login", "-o", "json"));
        Assert.Equal("succeeded", (string)_terminal.Json["status"]!);
        Assert.StartsWith("Nothing is to be done", _terminal.Error);
    }

    [GeneratedRegex(@"^tracebloc \d+\.\d+\.\d+\S* \(commit \S+, built \S+, \.NET 10\S* on linux/(amd64|arm64)\)\n")]
    private static partial Regex Version();
}
