using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Integration.Tests.ImageRefresh;
using Tracebloc.Integration.Tests.Kubernetes;
using Tracebloc.Integration.Tests.Registry;
using static Tracebloc.Integration.Tests.ImageRefresh.RefreshScene;

namespace Tracebloc.Integration.Tests.Signatures;

/// <summary>The published program verifies signatures of the real cosign in the real registry.</summary>
public sealed class SignatureTests(RealCluster cluster, RealRegistryFixture registry, RealSigstore sigstore)
    : IClassFixture<RealCluster>, IClassFixture<RealRegistryFixture>, IClassFixture<RealSigstore>
{
    private static readonly string[] ByTag = ["key-2", "token-2"], AsBundle = ["key-3", "token-3"];

    [Fact]
    public async Task Images_are_refreshed_however_cosign_signed_them()
    {
        await using var scene = await StartAsync("signed");
        var images = new List<SignedImage>();
        foreach (var use in sigstore.Uses)
            images.Add(await SignedAsync(scene, use, use.Name));

        var report = await RunAsync(scene, "signed", images, exitCode: 0);

        var live = await cluster.DeploymentAsync("signed");
        Assert.Equal(2, live.Revision);
        foreach (var image in images)
        {
            Assert.Equal((image.Name, "refreshed"), (image.Name, OutcomeOf(report, image)));
            Assert.Equal(image.Digest, live.Settled(image.Name));
        }
    }

    [Fact]
    public async Task Images_are_kept_out_that_are_unsigned_or_signed_by_another()
    {
        await using var scene = await StartAsync("strange");
        var images = new List<SignedImage>();
        foreach (var use in sigstore.Uses)
        {
            var unsigned = await PushedAsync(scene, use, $"unsigned-{use.Name}");
            images.Add(unsigned with { Verify = Policy(use), Why = "the registry has no signature" });
            var signed = await SignedAsync(scene, use, $"signed-{use.Name}");
            if (use.IsKeyless)
                images.Add(signed with
                {
                    Verify = Keyless("https://issuer.example", sigstore.Identity),
                    Why = $"{sigstore.Issuer}, not https://issuer.example",
                });
            else
                images.Add(signed with
                {
                    Verify = $"{{key: {sigstore.OtherPublicKey}}}",
                    Why = "not made with the key",
                });
        }
        foreach (var use in sigstore.Uses.Where(use => use.IsKeyless))
            images.Add(await SignedAsync(scene, use, $"identity-{use.Name}") with
            {
                Verify = Keyless(sigstore.Issuer, "https://loopback/other"),
                Why = $"{sigstore.Identity}, not https://loopback/other",
            });

        await AssertKeptOutAsync(scene, "strange", images);
    }

    [Fact]
    public async Task Images_are_kept_out_whose_signatures_were_changed_or_belong_to_another_image()
    {
        await using var scene = await StartAsync("tampered");
        var images = new List<SignedImage>();
        foreach (var use in sigstore.Uses.Where(use => ByTag.Concat(AsBundle).Contains(use.Name)))
        {
            var changed = await SignedAsync(scene, use, $"changed-{use.Name}");
            var signature = await ReadAsync(scene, changed);
            await signature.With(use.IsBundle ? ChangeStatement : ChangePayload)
                .PushAsync(scene.Registry, changed.Name, changed.Digest);
            var why = use.IsKeyless ? "about another content" : "not made with the key";
            images.Add(changed with { Why = why });

            var signed = await SignedAsync(scene, use, $"moved-{use.Name}");
            var moved = signed with { Digest = await scene.PushAsync(signed.Name, "3") };
            await (await ReadAsync(scene, signed)).PushAsync(scene.Registry, moved.Name, moved.Digest);
            why = use.IsBundle ? "about another image" : $"the signature is for {signed.Digest}";
            images.Add(moved with { Why = why });
        }

        await AssertKeptOutAsync(scene, "tampered", images);
    }

    private async Task<RefreshScene> StartAsync(string name)
    {
        RealParts.SkipWithout(RealParts.Sigstore);
        var scene = await RefreshScene.StartAsync(cluster, registry, Rules.Watching(name));
        await scene.DeployAsync(name);
        return scene;
    }

    /// <summary>An image whose first content is settled in the workload, and whose second one is not signed.</summary>
    private async Task<SignedImage> PushedAsync(RefreshScene scene, CosignUse use, string name)
    {
        var settled = await scene.PushAsync(name, "1");
        return new SignedImage(name, settled, await scene.PushAsync(name, "2"))
        {
            Verify = Policy(use),
            IsBundle = use.IsBundle,
        };
    }

    private async Task<SignedImage> SignedAsync(RefreshScene scene, CosignUse use, string name)
    {
        var image = await PushedAsync(scene, use, name);
        await sigstore.SignAsync(use, $"{scene.Registry.Host}/{name}@{image.Digest}", scene.Registry.CaFile);
        return image;
    }

    private string Policy(CosignUse use) =>
        use.IsKeyless ? Keyless(sigstore.Issuer, sigstore.Identity) : $"{{key: {sigstore.PublicKey}}}";

    private string Keyless(string issuer, string identity) =>
        $"{{keyless: {{issuer: \"{issuer}\", identity: \"{identity}\", trustRoot: {sigstore.TrustRoot}}}}}";

    private static Task<PushedSignature> ReadAsync(RefreshScene scene, SignedImage image) =>
        PushedSignature.ReadAsync(scene.Registry, image.Name, image.Digest, image.IsBundle);

    /// <summary>Another claim in the payload of the layout by tag.</summary>
    private static JsonNode ChangePayload(JsonObject payload)
    {
        payload["optional"] = new JsonObject { ["approved"] = true };
        return payload;
    }

    /// <summary>Another predicate in the statement that a bundle holds.</summary>
    private static JsonNode ChangeStatement(JsonObject bundle)
    {
        var envelope = bundle["dsseEnvelope"]!;
        var statement = JsonNode.Parse(Convert.FromBase64String((string?)envelope["payload"] ?? ""))!;
        statement["predicate"] = new JsonObject { ["approved"] = true };
        envelope["payload"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(statement.ToJsonString()));
        return bundle;
    }

    private async Task AssertKeptOutAsync(RefreshScene scene, string workload, IReadOnlyList<SignedImage> images)
    {
        var report = await RunAsync(scene, workload, images, exitCode: 14);

        Assert.All(images, image =>
        {
            Assert.Equal((image.Name, "untrusted"), (image.Name, OutcomeOf(report, image)));
            Assert.Contains(image.Why, (string?)Find(report, image)["message"], StringComparison.Ordinal);
        });
        var live = await cluster.DeploymentAsync(workload);
        Assert.Equal(1, live.Revision);
        Assert.All(images, image => Assert.Equal(image.Settled, live.Settled(image.Name)));
    }

    private async Task<JsonNode> RunAsync(
        RefreshScene scene, string workload, IReadOnlyList<SignedImage> images, int exitCode)
    {
        await cluster.KubectlAsync(
            [
                "annotate", $"deployment/{workload}",
                .. images.Select(image => $"tracebloc.io/last-refreshed-{image.Name}-digest={image.Settled}"),
            ],
            Cancelled);
        // Without the scene's proxy: the registry sends uploads to its own address, where cosign has no token for them.
        var host = scene.Registry.Host;
        var entries = images.Select((image, number) =>
            $"- {{name: {image.Name}, image: \"{host}/{image.Name}:prod\", workload: deployment/{workload}, "
                + $"action: setEnv, container: api, env: DIGEST_{number}, verify: {image.Verify}}}");
        await scene.ConfigureAsync(
            string.Join('\n', entries), $"  \"{host}\": {{caFile: \"{scene.Registry.CaFile}\"}}");
        var result = (await scene.RunAsync("--output", "json")).AssertExit(exitCode);
        return JsonNode.Parse(result.Output)!;
    }

    private static JsonNode Find(JsonNode report, SignedImage image) =>
        report["images"]!.AsArray().Single(one => (string?)one!["name"] == image.Name)!;

    private static string? OutcomeOf(JsonNode report, SignedImage image) => (string?)Find(report, image)["outcome"];

    private sealed record SignedImage(string Name, string Settled, string Digest)
    {
        public required string Verify { get; init; }

        public required bool IsBundle { get; init; }

        /// <summary>A part of the reason why it is kept out.</summary>
        public string Why { get; init; } = "";
    }
}
