using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Integration.Tests.Signatures;

/// <summary>A signature that cosign has pushed, in either layout, for a test to change and push again.</summary>
/// <param name="Manifest">Of one layer, the signature.</param>
/// <param name="Content">The layer: the signed payload, or the bundle.</param>
/// <param name="IsBundle">True when it is a referrer of the image, listed by an index under a tag.</param>
internal sealed record PushedSignature(JsonObject Manifest, byte[] Content, bool IsBundle)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<PushedSignature> ReadAsync(
        RealRegistry registry, string repository, string digest, bool isBundle)
    {
        using var client = registry.CreateClient();
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Bearer", registry.IssueToken(repository));
        client.DefaultRequestHeaders.Add("Accept", [FakeManifest.OciIndex, FakeManifest.OciManifest]);
        var manifest = await ReadAsync(client, $"{repository}/manifests/{TagOf(digest, isBundle)}");
        if (isBundle)
            manifest = await ReadAsync(client, $"{repository}/manifests/{manifest["manifests"]![0]!["digest"]}");
        var layer = Assert.Single(manifest["layers"]!.AsArray())!["digest"];
        var content = await client.GetByteArrayAsync(
            new Uri($"{repository}/blobs/{layer}", UriKind.Relative), Cancelled);
        return new PushedSignature(manifest, content, isBundle);
    }

    /// <summary>The same signature over other content, which is changed before it is signed about.</summary>
    public PushedSignature With(Func<JsonObject, JsonNode> change)
    {
        var content = JsonNode.Parse(Content)!.AsObject();
        return this with { Content = Encoding.UTF8.GetBytes(change(content).ToJsonString()) };
    }

    /// <summary>Pushes it as the one signature of an image.</summary>
    public async Task PushAsync(RealRegistry registry, string repository, string digest)
    {
        var manifest = Manifest.DeepClone().AsObject();
        var layer = manifest["layers"]![0]!;
        (layer["digest"], layer["size"]) = (FakeManifest.DigestOf(Content), Content.Length);
        if (manifest["subject"] is { } subject)
            subject["digest"] = digest;
        var signature = Of(FakeManifest.OciManifest, manifest);
        var tag = TagOf(digest, IsBundle);
        await registry.PushAsync(repository, IsBundle ? null : tag, signature, [Content], Cancelled);
        if (IsBundle)
            await registry.PushAsync(repository, tag, FakeManifest.IndexOf(signature), [], Cancelled);
    }

    private static string TagOf(string digest, bool isBundle) =>
        isBundle ? digest.Replace(':', '-') : CosignSigner.TagOf(digest);

    private static FakeManifest Of(string mediaType, JsonObject json) =>
        new(mediaType, Encoding.UTF8.GetBytes(json.ToJsonString()));

    private static async Task<JsonObject> ReadAsync(HttpClient client, string path) =>
        JsonNode.Parse(await client.GetStringAsync(new Uri(path, UriKind.Relative), Cancelled))!.AsObject();
}
