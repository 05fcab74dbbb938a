using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests.Pushing;

/// <summary>The behaviour of uploads that the client relies on, of the fake and of docker-registry alike.</summary>
public abstract class PushContract
{
    private const int Length = 300_000;

    private static readonly PushOptions Chunks = new() { ChunkBytes = 100_000 };

    // A real registry outlives a test, so that each has repositories of its own.
    private readonly string _repository = $"private/{Guid.NewGuid():N}";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A running registry that takes pushes of its user; or skips the test and says why.</summary>
    protected abstract Task<ContractRegistry> StartAsync();

    [Theory]
    [InlineData("known", 0)]
    [InlineData("known", int.MaxValue)]
    [InlineData("sized", 0)]
    [InlineData("unknown", 0)]
    public async Task A_pushed_blob_is_handed_out_and_not_pushed_again(string kind, int largestPut)
    {
        await using var registry = await StartAsync();
        using var client = ClientFor(registry, largestPut);
        var blob = new SampleBlob(Length);

        var pushed = await client.PushBlobAsync(Image(registry), blob.ContentOf(kind), Chunks, Cancellation);
        var again = await client.PushBlobAsync(Image(registry), blob.Known, Chunks, Cancellation);

        Assert.Equal(blob.Digest.ToString(), pushed.Value?.Digest.ToString() ?? pushed.Message);
        Assert.True(again.Value?.WasPresent, again.Message);
        Assert.Equal(blob.Bytes[1234..], await ReadAsync(client, registry, blob.Digest, 1234));
    }

    [Fact]
    public async Task An_empty_blob_is_pushed()
    {
        await using var registry = await StartAsync();
        using var client = ClientFor(registry);

        var pushed = await client.PushBlobAsync(Image(registry), new SampleBlob(0).Sized, Chunks, Cancellation);

        Assert.Equal(Digest.Of([]).ToString(), pushed.Value?.Digest.ToString() ?? pushed.Message);
    }

    [Fact]
    public async Task An_upload_that_was_left_at_a_chunks_end_is_continued()
    {
        await using var registry = await StartAsync();
        using var client = ClientFor(registry);
        var blob = new SampleBlob(Length);
        string? location = null;
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var sent = 0L;
        var first = Chunks with
        {
            OnLocation = at => location = at,
            Throttle = (bytes, token) => (sent += bytes) > 200_000 ? kill.CancelAsync() : Task.CompletedTask,
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.PushBlobAsync(Image(registry), blob.Sized, first, kill.Token));

        var pushed = await client.PushBlobAsync(
            Image(registry), blob.Sized, Chunks with { ResumeLocation = location }, Cancellation);

        Assert.Equal(blob.Digest.ToString(), pushed.Value?.Digest.ToString() ?? pushed.Message);
        Assert.Equal(blob.Bytes, await ReadAsync(client, registry, blob.Digest, 0));
    }

    [Fact]
    public async Task Content_that_belies_its_digest_is_refused()
    {
        await using var registry = await StartAsync();
        using var client = ClientFor(registry);
        var content = new SampleBlob(Length).Known with { Digest = Digest.Of("else"u8) };

        var pushed = await client.PushBlobAsync(Image(registry), content, Chunks, Cancellation);

        Assert.Equal(Verdict.Invalid, pushed.Verdict);
    }

    [Fact]
    public async Task A_blob_of_another_repository_is_mounted()
    {
        await using var registry = await StartAsync();
        using var client = ClientFor(registry);
        var blob = new SampleBlob(Length);
        await client.PushBlobAsync(Image(registry), blob.Known, Chunks, Cancellation);
        var other = ImageReference.Parse($"{registry.Host}/{_repository}-other");

        var before = await client.HasBlobAsync(other, blob.Digest, Cancellation);
        var mounted = await client.MountBlobAsync(other, blob.Digest, Image(registry), Cancellation);
        var after = await client.HasBlobAsync(other, blob.Digest, Cancellation);
        var missing = await client.MountBlobAsync(other, Digest.Of("none"u8), Image(registry), Cancellation);

        Assert.Equal((false, true, true), (before.Value, mounted.Value, after.Value));
        Assert.Equal((Verdict.Ok, false), (missing.Verdict, missing.Value));
    }

    [Fact]
    public async Task A_manifest_and_what_refers_to_it_are_found()
    {
        await using var registry = await StartAsync();
        using var client = ClientFor(registry);
        await client.PushBlobAsync(
            Image(registry), BlobOf(FakeManifest.EmptyConfig.ToArray()), new PushOptions(), Cancellation);
        var image = FakeManifest.Of(FakeManifest.OciManifest, "first");
        var tagged = ImageReference.Parse($"{registry.Host}/{_repository}:v1");

        var pushed = await client.PushManifestAsync(tagged, image.MediaType, image.Content, Cancellation);
        Assert.Equal(image.Digest, pushed.Value?.ToString() ?? pushed.Message);
        foreach (var label in (string[])["one", "two"])
        {
            var artifact = FakeManifest.Artifact(
                "application/x-test", image.Digest, FakeManifest.EmptyConfig.ToArray(), ("label", label));
            var referrer = await client.PushReferrerAsync(
                Image(registry), Digest.Parse(image.Digest), artifact.MediaType, artifact.Content, Cancellation);
            Assert.Equal(artifact.Digest, referrer.Value?.ToString() ?? referrer.Message);
        }

        var list = await client.GetReferrersAsync(
            Image(registry), Digest.Parse(image.Digest), RegistryContract.Bundles, Cancellation);
        Assert.Equal(2, list.Value?.Found.Count);
    }

    [Fact]
    public async Task A_check_succeeds_for_the_user_and_fails_without()
    {
        await using var registry = await StartAsync();
        using var client = ClientFor(registry);
        using var anonymous = ClientFor(registry, isAnonymous: true);

        var check = await client.CheckPushAsync(Image(registry), Cancellation);
        var denied = await anonymous.CheckPushAsync(Image(registry), Cancellation);

        Assert.True(check.Value, check.Message);
        Assert.Equal(Verdict.Auth, denied.Verdict);
    }

    private static BlobContent BlobOf(byte[] bytes) => new(
        bytes.Length, Digest.Of(bytes), (offset, _) => Task.FromResult<Stream>(new MemoryStream(bytes[(int)offset..])));

    private static async Task<byte[]> ReadAsync(
        RegistryClient client, ImageReference repository, Digest digest, long offset)
    {
        var opened = await client.OpenBlobAsync(repository, digest, offset, Cancellation);
        Assert.True(opened.IsOk, opened.Message);
        await using var stream = opened.Value;
        using var read = new MemoryStream();
        await stream.CopyToAsync(read, Cancellation);
        return read.ToArray();
    }

    private Task<byte[]> ReadAsync(RegistryClient client, ContractRegistry registry, Digest digest, long offset) =>
        ReadAsync(client, Image(registry), digest, offset);

    private ImageReference Image(ContractRegistry registry) =>
        ImageReference.Parse($"{registry.Host}/{_repository}");

    private static RegistryClient ClientFor(
        ContractRegistry registry, int largestPut = 0, bool isAnonymous = false) => new(
        new RegistryOptions
        {
            Credentials = isAnonymous
                ? CredentialStore.Empty
                : CredentialStore.Empty.With(registry.Host, registry.User),
            Hosts = new Dictionary<string, RegistryHostOptions>
            {
                [registry.Host] = new()
                {
                    CaFile = registry.CaFile,
                    Profile = new RegistryProfile { Name = "OCI", LargestPut = largestPut },
                },
            },
        },
        TimeProvider.System);
}
