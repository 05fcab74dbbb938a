using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Registry;

/// <summary>The kind of manifest behind a tag.</summary>
public enum ImageShape
{
    OciImage,
    OciIndex,
    DockerImage,
    DockerList,
}

public sealed partial class RealRegistry
{
    private const string Oci = "application/vnd.oci.image.", Docker = "application/vnd.docker.";

    private static readonly string[] Architectures = ["amd64", "arm64"];

    /// <summary>Pushes an image of one small layer; equal content gives an equal digest.</summary>
    /// <returns>The digest that the tag stands for from now on, <c>sha256:…</c>.</returns>
    public async Task<string> PushAsync(
        string repository, string tag, string content, ImageShape shape, CancellationToken cancellationToken)
    {
        using var pushing = await LogInAsync(repository, cancellationToken);
        if (shape is ImageShape.OciImage or ImageShape.DockerImage)
            return await PushImageAsync(pushing, tag, new Image(content, Architectures[0], shape), cancellationToken);

        var docker = shape is ImageShape.DockerList;
        var children = new JsonArray();
        foreach (var architecture in Architectures)
        {
            var image = new Image(content, architecture, docker ? ImageShape.DockerImage : ImageShape.OciImage);
            var digest = await PushImageAsync(pushing, null, image, cancellationToken);
            children.Add(new JsonObject
            {
                ["mediaType"] = image.MediaType,
                ["digest"] = digest,
                ["size"] = pushing.ManifestSizes[digest],
                ["platform"] = new JsonObject { ["architecture"] = architecture, ["os"] = "linux" },
            });
        }

        var type = docker ? $"{Docker}distribution.manifest.list.v2+json" : $"{Oci}index.v1+json";
        var list = new JsonObject { ["schemaVersion"] = 2, ["mediaType"] = type, ["manifests"] = children };
        return await pushing.PutManifestAsync(tag, type, list, cancellationToken);
    }

    /// <summary>Pushes the blobs, then a manifest that refers to them; a null tag leaves it to its digest.</summary>
    /// <returns>The manifest's digest.</returns>
    public async Task<string> PushAsync(
        string repository,
        string? tag,
        FakeManifest manifest,
        IReadOnlyList<byte[]> blobs,
        CancellationToken cancellationToken)
    {
        using var pushing = await LogInAsync(repository, cancellationToken);
        foreach (var blob in blobs)
            await pushing.PutBlobAsync("application/octet-stream", blob, cancellationToken);
        return await pushing.PutManifestAsync(tag, manifest.MediaType, manifest.Content, cancellationToken);
    }

    /// <summary>Pushes an image that a node can run.</summary>
    /// <returns>The digest that the tag stands for from now on, <c>sha256:…</c>.</returns>
    public async Task<string> PushAsync(
        string repository, string tag, RunnableImage image, CancellationToken cancellationToken)
    {
        using var pushing = await LogInAsync(repository, cancellationToken);
        return await PushImageAsync(pushing, tag, image, cancellationToken);
    }

    /// <summary>A client that trusts this registry, for whatever a test asks it by hand.</summary>
    public HttpClient CreateClient()
    {
        var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { certificates.Authority },
        };
        return new HttpClient(handler) { BaseAddress = new Uri($"https://{Host}/v2/") };
    }

    private static async Task<string> PushImageAsync(
        PushSession pushing, string? tag, IPushedImage image, CancellationToken cancellationToken)
    {
        var manifest = new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = image.MediaType,
            ["config"] = await pushing.PutBlobAsync(image.ConfigType, image.Config, cancellationToken),
            ["layers"] = new JsonArray(await pushing.PutBlobAsync(image.LayerType, image.Layer, cancellationToken)),
        };
        return await pushing.PutManifestAsync(tag, image.MediaType, manifest, cancellationToken);
    }

    private async Task<PushSession> LogInAsync(string repository, CancellationToken cancellationToken)
    {
        var ask = $"{Realm}?service={TokenSigner.Service}&scope=repository:{repository}:pull,push";
        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = AuthenticationHeaderValue.Parse(Credentials.Header);
        var answer = JsonNode.Parse(await client.GetStringAsync(new Uri(ask), cancellationToken));
        client.DefaultRequestHeaders.Authorization = new("Bearer", (string?)answer?["token"]);
        return new PushSession(client, repository);
    }

    /// <summary>Resolves and compares like any other; no node could run it.</summary>
    private sealed record Image(string Content, string Architecture, ImageShape Shape) : IPushedImage
    {
        private bool IsDocker => Shape is ImageShape.DockerImage;

        public string MediaType => IsDocker ? $"{Docker}distribution.manifest.v2+json" : $"{Oci}manifest.v1+json";

        public string ConfigType => IsDocker ? $"{Docker}container.image.v1+json" : $"{Oci}config.v1+json";

        public string LayerType => IsDocker ? $"{Docker}image.rootfs.diff.tar.gzip" : $"{Oci}layer.v1.tar+gzip";

        public byte[] Layer => Encoding.UTF8.GetBytes($"{Content} for {Architecture}");

        public byte[] Config => Encoding.UTF8.GetBytes(
            $$"""{"os":"linux","rootfs":{"type":"layers","diff_ids":[]},"architecture":"{{Architecture}}"}""");
    }

    /// <summary>The push half of the distribution API, with a token for one repository.</summary>
    private sealed class PushSession(HttpClient client, string repository) : IDisposable
    {
        public Dictionary<string, int> ManifestSizes { get; } = [];

        public void Dispose() => client.Dispose();

        public async Task<JsonObject> PutBlobAsync(
            string mediaType, byte[] blob, CancellationToken cancellationToken)
        {
            using var begun = await client.PostAsync($"{repository}/blobs/uploads/", null, cancellationToken);
            var upload = begun.EnsureSuccessStatusCode().Headers.Location
                ?? throw new InvalidOperationException("The registry did not say where to upload to.");
            using var body = new ByteArrayContent(blob);
            var digest = DigestOf(blob);
            using var put = await client.PutAsync($"{upload}&digest={digest}", body, cancellationToken);
            put.EnsureSuccessStatusCode();
            return new JsonObject { ["mediaType"] = mediaType, ["digest"] = digest, ["size"] = blob.Length };
        }

        public Task<string> PutManifestAsync(
            string? tag, string mediaType, JsonObject manifest, CancellationToken cancellationToken) =>
            PutManifestAsync(tag, mediaType, Encoding.UTF8.GetBytes(manifest.ToJsonString()), cancellationToken);

        public async Task<string> PutManifestAsync(
            string? tag, string mediaType, byte[] bytes, CancellationToken cancellationToken)
        {
            var digest = DigestOf(bytes);
            ManifestSizes[digest] = bytes.Length;
            using var body = new ByteArrayContent(bytes);
            body.Headers.ContentType = new(mediaType);
            using var put = await client.PutAsync($"{repository}/manifests/{tag ?? digest}", body, cancellationToken);
            if (!put.IsSuccessStatusCode)
                throw new InvalidOperationException(await put.Content.ReadAsStringAsync(cancellationToken));
            return digest;
        }

        private static string DigestOf(byte[] bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
