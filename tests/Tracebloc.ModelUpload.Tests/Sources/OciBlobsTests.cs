using Tracebloc.ModelUpload.Sources;
using Tracebloc.Registry;
using Tracebloc.Testing.Registry;

namespace Tracebloc.ModelUpload.Tests.Sources;

public sealed class OciBlobsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_manifest_is_asked_for_by_tag_and_by_digest()
    {
        await using var registry = await FakeRegistry.StartAsync(cancellationToken: Token);
        var digest = registry.Push("org/model", "1.0", FakeManifest.Artifact("some/type", $"{Digest.Of([])}", [1, 2]));
        using var client = Client();
        await using var blobs = Some(client, registry);

        var byTag = await blobs.GetManifestAsync(null, Token);
        var byDigest = await blobs.GetManifestAsync(Digest.Parse(digest), Token);

        Assert.Equal(Digest.Of([1, 2]), Assert.Single(byTag.Layers).Digest);
        Assert.Equal(byTag.Content, byDigest.Content.ToArray());
    }

    [Fact]
    public async Task An_absent_manifest_is_a_fault_of_the_source_and_final()
    {
        await using var registry = await FakeRegistry.StartAsync(cancellationToken: Token);
        using var client = Client();
        await using var blobs = Some(client, registry);

        var fault = await Assert.ThrowsAsync<UploadException>(() => blobs.GetManifestAsync(null, Token));

        Assert.Equal(UploadExit.Source, fault.ExitCode);
        Assert.False(fault.IsTransient);
        Assert.StartsWith(
            $"oci://{registry.Host}/org/model:1.0 cannot be read", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blob_comes_from_the_offset_that_is_asked_for()
    {
        await using var registry = await FakeRegistry.StartAsync(cancellationToken: Token);
        registry.PushBlob("org/model", [1, 2, 3]);
        using var client = Client();
        await using var blobs = Some(client, registry);

        await using var stream = await blobs.OpenAsync(Digest.Of([1, 2, 3]), 1, Token);

        var content = new byte[3];
        Assert.Equal(2, await stream.ReadAtLeastAsync(content, 3, throwOnEndOfStream: false, Token));
        Assert.Equal([2, 3], content[..2]);
    }

    private static RegistryClient Client() => new(new RegistryOptions(), TimeProvider.System);

    private static OciBlobs Some(RegistryClient client, FakeRegistry registry) =>
        new(client, ImageReference.Parse($"{registry.Host}/org/model:1.0"), TimeProvider.System);
}
