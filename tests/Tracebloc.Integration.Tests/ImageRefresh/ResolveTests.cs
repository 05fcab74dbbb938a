using System.Text.Json.Nodes;
using Tracebloc.Integration.Tests.Registry;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Integration.Tests.ImageRefresh;

/// <summary><c>image-refresh resolve</c> against docker-registry with tokens over TLS; no cluster takes part.</summary>
public sealed class ResolveTests(RealRegistryFixture fixture) : IClassFixture<RealRegistryFixture>, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("resolve-");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_image_is_a_line_in_the_order_given()
    {
        var registry = await ConfiguredAsync();
        var (one, two) = (await PushAsync("open/one"), await PushAsync("open/two"));

        var result = await ResolveAsync("open/two:prod", "open/absent:prod", "open/one:prod");

        result.AssertExit(10);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal($"{registry.Host}/open/two:prod  {two}", lines[0]);
        Assert.StartsWith($"{registry.Host}/open/absent:prod  notFound: ", lines[1]);
        Assert.Equal($"{registry.Host}/open/one:prod  {one}", lines[2]);
    }

    [Fact]
    public async Task Json_has_the_members_that_programs_go_by()
    {
        var registry = await ConfiguredAsync();
        var digest = await PushAsync("open/json");

        var result = await ResolveAsync("--output", "json", "open/json:prod", "open/absent:prod");

        var images = JsonNode.Parse(result.AssertExit(10).Output)!.AsArray();
        Assert.Equal(
            $$"""{"image":"{{registry.Host}}/open/json:prod","digest":"{{digest}}","verdict":"ok"}""",
            images[0]!.ToJsonString());
        Assert.Equal("notFound", (string?)images[1]!["verdict"]);
        Assert.Null(images[1]!["digest"]);
        Assert.NotEmpty((string?)images[1]!["message"] ?? "");
    }

    [Fact]
    public async Task A_private_image_needs_the_credentials_of_the_docker_config_file()
    {
        var registry = await ConfiguredAsync();
        var digest = await PushAsync("private/app");

        var refused = (await ResolveAsync("private/app:prod")).AssertExit(10);
        Assert.Contains("  auth: ", refused.Output);

        var (username, password, _) = RealRegistry.Credentials;
        await ConfiguredAsync(DockerConfig(username, password));
        var granted = (await ResolveAsync("private/app:prod")).AssertExit(0);
        Assert.Equal($"{registry.Host}/private/app:prod  {digest}\n", granted.Output);

        await ConfiguredAsync(DockerConfig(username, "guessed"));
        var wrong = (await ResolveAsync("private/app:prod")).AssertExit(10);
        Assert.Contains("  auth: ", wrong.Output);
        Assert.DoesNotContain("guessed", wrong.Output + wrong.Error);
    }

    [Fact]
    public async Task A_registry_whose_authority_is_not_known_is_not_trusted()
    {
        var registry = fixture.Registry;
        RealParts.SkipWithout(RealParts.Published);
        await PushAsync("open/strict");

        var result = await PublishedProgram.RunAsync("resolve", $"{registry.Host}/open/strict:prod");

        result.AssertExit(10);
        Assert.DoesNotContain("sha256:", result.Output);
    }

    [Fact]
    public async Task Three_images_cost_four_requests_and_one_token()
    {
        var registry = await ConfiguredAsync();
        foreach (var name in (string[])["cost/a", "cost/b", "cost/c"])
            await PushAsync(name);
        var (tokens, requests) = (registry.TokenRequests.Count, await registry.RequestsAsync(Cancelled));

        (await ResolveAsync("cost/a:prod", "cost/b:prod", "cost/c:prod")).AssertExit(0);

        Assert.Single(registry.TokenRequests.Skip(tokens));
        var asked = (await registry.RequestsAsync(Cancelled)).Skip(requests.Count).ToList();
        Assert.Equal(4, asked.Count);
        Assert.All(asked, line => Assert.Contains("\"HEAD /v2/cost/", line));
    }

    [Fact]
    public async Task The_arm64_program_resolves_as_that_of_amd64_does()
    {
        RealParts.SkipWithout(RealParts.Arm64);
        var registry = await ConfiguredAsync();
        var digest = await PushAsync("open/arm64");

        var result = await PublishedProgram.RunOnArm64Async(
            "resolve", "--config", Path.Combine(_folder.FullName, "refresh.yaml"), $"{registry.Host}/open/arm64:prod");

        Assert.Equal($"{registry.Host}/open/arm64:prod  {digest}\n", result.AssertExit(0).Output);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--help")]
    [InlineData("resolve", "--help")]
    public async Task The_arm64_program_prints_what_that_of_amd64_prints(params string[] arguments)
    {
        RealParts.SkipWithout(RealParts.Published, RealParts.Arm64);
        var expected = (await PublishedProgram.RunAsync(arguments)).AssertExit(0);
        var found = (await PublishedProgram.RunOnArm64Async(arguments)).AssertExit(0);
        Assert.NotEmpty(expected.Output);
        Assert.Equal(expected.Output, found.Output);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<string> PushAsync(string repository) =>
        fixture.Registry.PushAsync(repository, "prod", repository, ImageShape.OciIndex, Cancelled);

    private Task<ProgramResult> ResolveAsync(params string[] arguments) => PublishedProgram.RunAsync(
    [
        "resolve", "--config", Path.Combine(_folder.FullName, "refresh.yaml"),
        .. arguments.Select(argument => argument.Contains(':') ? $"{fixture.Registry.Host}/{argument}" : argument),
    ]);

    private string DockerConfig(string username, string password) => new JsonObject
    {
        ["auths"] = new JsonObject
        {
            [fixture.Registry.Host] = new JsonObject { ["username"] = username, ["password"] = password },
        },
    }.ToJsonString();

    /// <summary>Of the configuration, resolve reads only the registries: there is no cluster for the images.</summary>
    private async Task<RealRegistry> ConfiguredAsync(string? dockerConfig = null)
    {
        var registry = fixture.Registry;
        RealParts.SkipWithout(RealParts.Published);
        var credentials = Path.Combine(_folder.FullName, "config.json");
        await File.WriteAllTextAsync(credentials, dockerConfig ?? """{"auths": {}}""", Cancelled);
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "refresh.yaml"),
            $$"""
            apiVersion: refresh.tracebloc.io/v1
            kind: RefreshConfig
            registries:
              "{{registry.Host}}": {caFile: "{{registry.CaFile}}"}
            dockerConfigFile: "{{credentials}}"
            images:
              - {name: app, image: "{{registry.Host}}/app:prod", workload: deployment/app, action: restart}
            """,
            Cancelled);
        return registry;
    }
}
