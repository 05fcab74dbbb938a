using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

public abstract partial class RegistryContract
{
    private const string Kind = "application/vnd.dev.sigstore.bundle.v0.3+json";

    /// <summary>Takes sigstore bundles for likely.</summary>
    internal static ReferrerFilter Bundles { get; } = new(type => type == Kind, "kind", value => value is null);

    private static readonly byte[] Blob = "a blob"u8.ToArray();

    [Fact]
    public async Task A_manifest_is_handed_out_by_its_tag_and_by_its_digest()
    {
        await using var registry = await StartAsync();
        var digest = await PushAsync(registry, _repository);
        using var client = ClientFor(registry);

        foreach (var reference in (string[])[$"{_repository}:v1", $"{_repository}@{digest}"])
        {
            var manifest = await client.GetManifestAsync(Image(registry, reference), Cancellation);

            Assert.Equal(digest, manifest.Value is { } found
                ? FakeManifest.DigestOf(found.Content.Span)
                : manifest.Message);
        }
    }

    [Fact]
    public async Task A_blob_is_handed_out_as_it_was_pushed()
    {
        await using var registry = await StartAsync();
        await PushArtifactAsync(registry, FakeManifest.DigestOf("an image"u8));
        using var client = ClientFor(registry);

        var blob = await client.GetBlobAsync(Image(registry, _repository), Digest.Of(Blob), Cancellation);

        Assert.Equal(Blob, blob.Value);
    }

    [Fact]
    public async Task What_nobody_pushed_is_not_handed_out()
    {
        await using var registry = await StartAsync();
        var digest = Digest.Parse(await PushAsync(registry, _repository));
        using var client = ClientFor(registry);
        var repository = Image(registry, _repository);

        var blob = await client.GetBlobAsync(repository, Digest.Of("another blob"u8), Cancellation);
        var manifest = await client.GetManifestAsync(Image(registry, $"{_repository}:v2"), Cancellation);
        var referrers = await client.GetReferrersAsync(repository, digest, Bundles, Cancellation);

        Assert.Equal((Verdict.NotFound, Verdict.NotFound), (blob.Verdict, manifest.Verdict));
        Assert.Equal((Verdict.Ok, 0), (referrers.Verdict, referrers.Value?.Found.Count));
    }

    [Fact]
    public async Task Referrers_are_found_by_the_tag_that_lists_them()
    {
        await using var registry = await StartAsync();
        var subject = Digest.Parse(await PushAsync(registry, _repository));
        var artifact = await PushArtifactAsync(registry, subject.ToString());
        var list = FakeManifest.IndexOf(artifact);
        await registry.PushAsync(_repository, $"sha256-{subject.Hex}", list, [], Cancellation);
        using var client = ClientFor(registry);

        var referrers = await client.GetReferrersAsync(Image(registry, _repository), subject, Bundles, Cancellation);

        var found = Assert.Single(referrers.Value?.Found ?? []);
        Assert.Equal((artifact.Digest, true), (found.Digest.ToString(), found.IsLikely));
    }

    private async Task<FakeManifest> PushArtifactAsync(ContractRegistry registry, string subject)
    {
        var artifact = FakeManifest.Artifact(Kind, subject, Blob);
        byte[][] blobs = [FakeManifest.EmptyConfig.ToArray(), Blob];
        await registry.PushAsync(_repository, null, artifact, blobs, Cancellation);
        return artifact;
    }

    private static ImageReference Image(ContractRegistry registry, string name) =>
        ImageReference.Parse($"{registry.Host}/{name}");
}
