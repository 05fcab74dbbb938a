using Tracebloc.Integration.Tests.Registry;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Integration.Tests.ImageRefresh;

/// <summary><c>image-refresh pin</c> against docker-registry with tokens over TLS.</summary>
public sealed class PinTests(RealRegistryFixture fixture) : IClassFixture<RealRegistryFixture>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pin-");

    [Fact]
    public async Task A_tag_is_pinned_found_stale_once_it_moves_and_unpinned()
    {
        var registry = fixture.Registry;
        RealParts.SkipWithout(RealParts.Published);
        var text = $"web: {{repository: {registry.Host}/open/pin, tag: prod, digest: ''}} # ours\r\n";
        var values = Write("values.yaml", text);
        var config = Write("refresh.yaml", $"registries: {{\"{registry.Host}\": {{caFile: \"{registry.CaFile}\"}}}}\n");
        string[] arguments = ["pin", values, "--path", "web", "--config", config];

        var first = await PushAsync("1");
        (await PublishedProgram.RunAsync(arguments)).AssertExit(0);
        Assert.Equal(text.Replace("''", $"'{first}'"), File.ReadAllText(values));
        (await PublishedProgram.RunAsync([.. arguments, "--check"])).AssertExit(0);

        var second = await PushAsync("2");
        var stale = (await PublishedProgram.RunAsync([.. arguments, "--check", "--output", "json"])).AssertExit(2);
        Assert.Contains($"\"latest\": \"{second}\"", stale.Output);

        (await PublishedProgram.RunAsync([.. arguments, "--unpin"])).AssertExit(0);
        Assert.Equal(text, File.ReadAllText(values));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<string> PushAsync(string content) => fixture.Registry.PushAsync(
        "open/pin", "prod", content, ImageShape.OciIndex, TestContext.Current.CancellationToken);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
