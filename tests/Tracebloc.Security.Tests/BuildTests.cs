using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using CliWrap;
using CliWrap.Buffered;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Security.Tests;

/// <summary>A seeded project under this repository's own settings does not build.</summary>
public sealed class BuildTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("seed-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_header_that_is_set_without_validation_does_not_compile()
    {
        await WriteAsync("seed.csproj", Project(""));
        await WriteAsync("Seed.cs", """
            namespace Seed;

            internal static class Headers
            {
                public static bool One(System.Net.Http.Headers.HttpHeaders headers, string value) =>
                    headers.TryAddWithoutValidation("X", value);

                public static bool Many(System.Net.Http.Headers.HttpHeaders headers, IEnumerable<string> values) =>
                    headers.TryAddWithoutValidation("X", values);
            }
            """);

        var build = await DotnetAsync("build", "--disable-build-servers", "-p:UseSharedCompilation=false");

        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains("Seed.cs(6,9): error RS0030", build.StandardOutput);
        Assert.Contains("Seed.cs(9,9): error RS0030", build.StandardOutput);
    }

    [Theory]
    [InlineData("[1.0.0,99.0.0)", true)]
    [InlineData("[1.0.0,1.0.1)", false)]
    public async Task A_package_with_a_known_advisory_is_not_restored(string versions, bool isKnown)
    {
        await using var feed = await FakeReceiver.StartAsync(cancellationToken: Cancelled);
        var address = feed.Address;
        feed.Answer(
            Json(new JsonObject
            {
                ["version"] = "3.0.0",
                ["resources"] = new JsonArray(
                    new JsonObject { ["@id"] = $"{address}list", ["@type"] = "VulnerabilityInfo/6.7.0" }),
            }),
            Json(new JsonArray(new JsonObject
            {
                ["@name"] = "base",
                ["@id"] = $"{address}base",
                ["@updated"] = "2026-01-01T00:00:00Z",
            })),
            Json(new JsonObject
            {
                ["cliwrap"] = new JsonArray(new JsonObject
                {
                    ["url"] = "https://advisories.invalid/1",
                    ["severity"] = 0,
                    ["versions"] = versions,
                }),
            }));
        await WriteAsync("seed.csproj", Project("<PackageReference Include=\"CliWrap\" />"));
        await WriteAsync("nuget.config", $"""
            <configuration>
              <packageSources><clear /><add key="none" value="{_folder.FullName}" /></packageSources>
              <auditSources>
                <clear />
                <add key="feed" value="{address}index.json" allowInsecureConnections="true" />
              </auditSources>
            </configuration>
            """);

        var restore = await DotnetAsync("restore", "--disable-build-servers");

        Assert.Equal(isKnown, restore.ExitCode != 0);
        Assert.Equal(isKnown, restore.StandardOutput.Contains("error NU1901", StringComparison.Ordinal));
        Assert.Equal(3, feed.Requests.Count);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static FakeReply Json(JsonNode body) => FakeReply.Of(200, body.ToJsonString());

    private static string Repository([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../.."));

    private static string Project(string items) => $"""
        <Project>
          <PropertyGroup>
            <IsAotCompatible>true</IsAotCompatible>
            <DirectoryPackagesPropsPath>{Repository()}/Directory.Packages.props</DirectoryPackagesPropsPath>
          </PropertyGroup>
          <Import Project="{Repository()}/Directory.Build.props" />
          <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
          <ItemGroup>{items}</ItemGroup>
          <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
        </Project>
        """;

    private Task WriteAsync(string name, string text) =>
        File.WriteAllTextAsync(Path.Combine(_folder.FullName, name), text, Cancelled);

    private async Task<BufferedCommandResult> DotnetAsync(params string[] arguments) =>
        await Cli.Wrap("dotnet")
            .WithArguments(arguments)
            .WithWorkingDirectory(_folder.FullName)
            .WithValidation(CommandResultValidation.None)
            .ExecuteBufferedAsync(Cancelled);
}
