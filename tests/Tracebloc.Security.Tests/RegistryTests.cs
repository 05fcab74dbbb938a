using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Security.Tests;

/// <summary>A registry, a mirror or whoever may push answers with whatever it likes.</summary>
public sealed class RegistryTests
{
    private const int Megabyte = 1024 * 1024;

    [Fact]
    [Trait("Finding", "4")]
    public async Task A_signature_of_four_megabytes_is_not_searched_for_a_certificate()
    {
        await using var scene = await VerifyingAsync();
        var digest = scene.Push("manager", "2");
        var layer = CosignSigner.Of(System.Security.Cryptography.ECDsa.Create())
            .Layer(CosignSigner.Payload("registry.example.com/manager", digest));
        var begins = new StringBuilder();
        while (begins.Length < 3.7 * Megabyte)
            begins.Append("-----BEGIN CERTIFICATE-----\n");
        layer["annotations"]!["dev.sigstore.cosign/certificate"] = begins.ToString();
        scene.Registry.Push("tracebloc/manager", CosignSigner.TagOf(digest), CosignSigner.Manifest(layer));

        var tick = scene.TickAsync();
        AssertHonest(scene, await tick.WaitAsync(Bound.OfWaits, TimeProvider.System, AttackScene.Cancelled));
    }

    [Theory]
    [InlineData("descriptors")]
    [InlineData("annotations")]
    [Trait("Finding", "5")]
    public async Task Pages_of_referrers_do_not_fill_the_memory(string what)
    {
        // As many workloads as are looked at at once.
        await using var scene = await VerifyingAsync(crowd: 7);
        scene.Push("manager", "2");
        var page = Encoding.UTF8.GetBytes(Page(what));
        scene.Registry.When(
            request => request.Path.Contains("/referrers/", StringComparison.Ordinal),
            request => new FakeReply { Body = page }
                .With("Content-Type", FakeManifest.OciIndex)
                .With("Link", $"<{request.Path}?next=1>; rel=\"next\""));

        AssertHonest(scene, await scene.TickAsync());

        Assert.InRange(scene.Registry.Requests.Count(request => request.Path.Contains("/referrers/")), 8, 2 * 2 * 8);
    }

    [Fact]
    [Trait("Finding", "12")]
    public async Task Thousands_of_credentials_are_not_tried()
    {
        await using var scene = await AttackScene.StartAsync(
            new() { Authentication = FakeAuthentication.Basic, CanPull = (user, _) => user == "honest" });
        var port = scene.Registry.Host.Split(':')[1];
        var credentials = new JsonObject();
        for (var number = 0; number < 8000; number++)
            credentials[$"127.0.0.[1{number}]:{port}"] = new JsonObject
            {
                ["auth"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"user{number % 40}:{number}")),
            };
        await scene.WriteAsync("docker.json", new JsonObject { ["auths"] = credentials }.ToJsonString());
        await scene.ConfigureAsync($"dockerConfigFile: {scene.Path("docker.json")}", scene.Restart);
        scene.Push("manager", "1");

        var end = await scene.TickAsync();

        Assert.Equal("unresolved", end.OutcomeOf("manager"));
        Assert.InRange(
            scene.Registry.Requests.Where(request => request.Headers.ContainsKey("Authorization"))
                .Select(request => request.Headers["Authorization"]).Distinct().Count(),
            1,
            8);
    }

    [Fact]
    [Trait("Finding", "13")]
    public async Task The_realm_of_a_plain_registry_stays_on_its_host()
    {
        await using var scene = await AttackScene.StartAsync();
        await using var proxy = FakeProxy.Start(scene.Registry.Address);
        scene.Registry.When(_ => true, FakeReply.Of(401)
            .With("WWW-Authenticate", "Bearer realm=\"http://elsewhere.invalid/token\",service=\"x\""));
        await scene.ConfigureAsync(
            "registries: {mirror.invalid: {insecure: true}}",
            $"{{name: manager, image: mirror.invalid/manager:prod, workload: {AttackScene.Acme}, action: restart}}");

        var end = await scene.TickAsync(("HTTP_PROXY", $"http://{proxy.Host}"));

        Assert.Equal("unresolved", end.OutcomeOf("manager"));
        Assert.Contains(proxy.Requests, head => head.Contains("mirror.invalid", StringComparison.Ordinal));
        Assert.DoesNotContain(proxy.Requests, head => head.Contains("elsewhere.invalid", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Finding", "17")]
    public async Task A_redirect_to_another_registry_carries_no_credentials()
    {
        await using var scene = await AttackScene.StartAsync();
        await using var other = await FakeRegistry.StartAsync(
            new()
            {
                Authentication = FakeAuthentication.Basic,
                Users = new Dictionary<string, string> { ["user"] = "password" },
                CanPull = (user, _) => user == "user",
            },
            AttackScene.Cancelled);
        other.Push("private", "prod", "1");
        await scene.WriteAsync("password", "password");
        await scene.ConfigureAsync(
            $"registries: {{\"{other.Host}\": {{username: user, passwordFile: {scene.Path("password")}}}}}",
            scene.Restart);
        scene.Registry.When(
            request => request.Path.Contains("/manifests/"),
            FakeReply.Redirect(307, $"{other.Address}v2/private/manifests/prod"));

        var end = await scene.TickAsync();

        Assert.Equal("unresolved", end.OutcomeOf("manager"));
        Assert.NotEmpty(other.Requests);
        Assert.All(other.Requests, request => Assert.DoesNotContain("Authorization", request.Headers.Keys));
    }

    /// <summary>Beside the attacked image, one of an honest publisher, which every tick has to refresh.</summary>
    internal static async Task<AttackScene> VerifyingAsync(int crowd = 0)
    {
        var scene = await AttackScene.StartAsync(
            new() { Authentication = FakeAuthentication.None, ListsReferrers = true });
        await scene.ConfigureAsync(
            "rolloutTimeout: 1m\ntickTimeout: 10m",
            [
                scene.Verified,
                scene.Item("honest", "setEnv, container: api, env: DIGEST"),
                .. scene.Crowd(crowd),
            ]);
        scene.PushSigned("manager", "1");
        scene.Push("honest", "1");
        await scene.TickAsync();
        scene.Push("honest", "2");
        return scene;
    }

    internal static void AssertHonest(AttackScene scene, ProgramResult end)
    {
        Assert.Equal("refreshed", end.OutcomeOf("honest"));
        Assert.Contains(end.OutcomeOf("manager"), (string[])["untrusted", "unresolved"]);
        Assert.EndsWith(scene.PushSigned("manager", "1"), scene.ImageOf("api"));
    }

    private static string Page(string what)
    {
        var text = new StringBuilder("{\"schemaVersion\":2,\"manifests\":[");
        for (var number = 0; text.Length < 3.9 * Megabyte; number++)
        {
            if (number > 0) text.Append(',');
            text.Append(CultureInfo.InvariantCulture, $"{{\"digest\":\"sha256:{number:x64}\",\"size\":1");
            text.Append(",\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\"");
            if (what == "annotations")
                text.Append(",\"annotations\":{")
                    .AppendJoin(',', Enumerable.Range(0, 400).Select(one => $"\"k{one}\":\"\"")).Append('}');
            text.Append('}');
        }
        return text.Append("]}").ToString();
    }
}
