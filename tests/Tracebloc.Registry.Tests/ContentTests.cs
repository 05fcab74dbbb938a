using System.Text;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests;

/// <summary>Manifests, blobs and lists of referrers that are handed out, and what becomes of bad ones.</summary>
public sealed class ContentTests
{
    private const string Kind = "application/vnd.dev.sigstore.bundle.v0.3+json";

    private static readonly byte[] Blob = "a blob"u8.ToArray();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_manifest_says_what_it_holds()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        var artifact = FakeManifest.Artifact(Kind, fixture.Digest, Blob);
        fixture.Registry.Push("app", "signature", artifact);

        var manifest = await fixture.Client.GetManifestAsync(fixture.Image("app:signature"), Cancellation);

        Assert.Equal(Kind, manifest.Value?.ArtifactType);
        Assert.Equal(fixture.Digest, manifest.Value?.Subject?.Digest.ToString());
        var layer = Assert.Single(manifest.Value?.Layers ?? []);
        Assert.Equal((Kind, Digest.Of(Blob), Blob.Length), (layer.MediaType, layer.Digest, layer.Size));
    }

    [Fact]
    public void What_a_manifest_does_not_say_is_empty()
    {
        const string Said = "{\"mediaType\":\"x\",\"digest\":\"sha256:"
            + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\",\"platform\":{}}";

        Assert.True(Manifest.TryParse("{}"u8.ToArray(), out var empty, out _));
        Assert.True(Manifest.TryParse(Encoding.UTF8.GetBytes($"{{\"layers\":[{Said}]}}"), out var layered, out _));

        Assert.Equal((0, 0, 0), (empty.Layers.Count, empty.Manifests.Count, empty.Annotations.Count));
        var layer = Assert.Single(layered.Layers);
        Assert.Empty(layer.Annotations);
        Assert.Equal("/", layer.Platform?.ToString());
    }

    [Fact]
    public async Task A_digest_wins_over_a_tag()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.Push("app", "v1", "second");

        var manifest = await fixture.Client.GetManifestAsync(fixture.Image($"app:v1@{fixture.Digest}"), Cancellation);

        Assert.Equal(fixture.Digest, FakeManifest.DigestOf(manifest.Value is { } found ? found.Content.Span : default));
    }

    [Theory]
    [InlineData("{\"schemaVersion\":2,\"layers\":[{\"mediaType\":\"x\",\"digest\":\"sha1:1\"}]}", "layers[0].digest")]
    [InlineData("{\"schemaVersion\":2,\"layers\":[{\"mediaType\":\"x\"}]}", "$.layers[0]")]
    [InlineData("{\"schemaVersion\":2,\"layers\":{}}", "$.layers")]
    [InlineData("{\"schemaVersion\":2,\"manifests\":[null]}", "cannot be read at $")]
    [InlineData("{\"schemaVersion\":2,\"layers\":[{\"mediaType\":null,\"digest\":null}]}", "$.layers[0].mediaType")]
    [InlineData("[]", "it is not JSON")]
    public async Task A_manifest_that_is_none_is_said_to_be_none(string body, string where)
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.Next(FakeReply.Of(200, body, FakeManifest.OciManifest));

        var manifest = await fixture.Client.GetManifestAsync(fixture.Image(), Cancellation);

        Assert.Equal(Verdict.Invalid, manifest.Verdict);
        Assert.Contains(where, manifest.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_not_handed_out_keeps_its_reason_whatever_was_to_be_read_of_it()
    {
        var later = DateTimeOffset.UnixEpoch.AddDays(1);
        var limited = new Fetched<string> { Verdict = Verdict.Limited, Message = "wait", RetryAt = later };

        var read = limited.As<byte[]>(_ => throw new InvalidOperationException("There is nothing to read."));

        Assert.Equal((Verdict.Limited, "wait", later), (read.Verdict, read.Message, read.RetryAt));
    }

    [Theory]
    [InlineData("{\"schemaVersion\":2}")]
    [InlineData("{\"schemaVersion\":2,\"layers\":null,\"manifests\":null,\"annotations\":null}")]
    public void A_manifest_may_leave_out_what_it_has_not(string body)
    {
        Assert.True(Manifest.TryParse(Encoding.UTF8.GetBytes(body), out var manifest, out var error), error);

        Assert.Equal((0, 0, 0), (manifest.Layers.Count, manifest.Manifests.Count, manifest.Annotations.Count));
    }

    [Fact]
    public async Task Bytes_that_do_not_match_the_digest_are_not_handed_out()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        var other = FakeManifest.Of(FakeManifest.OciIndex, "other");
        fixture.Registry.When(_ => true, FakeReply.Of(other).Without("Docker-Content-Digest"));

        var manifest = await fixture.Client.GetManifestAsync(fixture.Image($"app@{fixture.Digest}"), Cancellation);
        var blob = await fixture.Client.GetBlobAsync(fixture.Image(), Digest.Of(Blob), Cancellation);

        Assert.Equal((Verdict.Invalid, Verdict.Invalid), (manifest.Verdict, blob.Verdict));
        Assert.Contains("does not match its digest", blob.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("app:v1")]
    [InlineData("app:v2")]
    public async Task No_manifest_is_asked_for_when_no_pull_is_left(string image)
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(request => request.Reference == "v1", Pullable(left: 0));
        fixture.AssertFound(await fixture.ResolveAsync());

        var manifest = await fixture.Client.GetManifestAsync(fixture.Image(image), Cancellation);

        Assert.Equal(Verdict.Limited, manifest.Verdict);
        Assert.Contains("no pull is left", manifest.Message, StringComparison.Ordinal);
        Assert.Equal("HEAD none, HEAD none", fixture.Traffic);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(null)]
    public async Task A_pull_that_is_left_by_now_or_to_another_account_is_made(int? left)
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.Next(Pullable(left: 0));
        fixture.Registry.When(_ => true, Pullable(left));
        fixture.AssertFound(await fixture.ResolveAsync());

        var manifest = await fixture.Client.GetManifestAsync(fixture.Image(), Cancellation);

        Assert.Equal(Verdict.Ok, manifest.Verdict);
        Assert.Equal("HEAD none, HEAD none, GET none", fixture.Traffic);
    }

    [Fact]
    public async Task A_blob_is_not_read_past_4_MiB()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        var large = new byte[(4 << 20) + 1];
        fixture.Registry.PushBlob("app", large);

        var blob = await fixture.Client.GetBlobAsync(fixture.Image(), Digest.Of(large), Cancellation);

        Assert.Equal(Verdict.Invalid, blob.Verdict);
        Assert.Contains("larger than 4 MiB", blob.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blob_is_asked_for_as_whatever_it_is_and_with_the_token_of_before()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        fixture.Registry.PushBlob("app", Blob);
        fixture.AssertFound(await fixture.ResolveAsync());

        var blob = await fixture.Client.GetBlobAsync(fixture.Image(), Digest.Of(Blob), Cancellation);

        Assert.Equal(Blob, blob.Value);
        Assert.Equal("*/*", fixture.Requests[^1].Headers["Accept"]);
        Assert.Single(fixture.TokenRequests);
    }

    [Fact]
    public async Task A_blob_may_come_from_another_host_which_gets_no_credentials()
    {
        await using var fixture = await RegistryFixture.StartAsync();
        await using var storage = await RegistryFixture.StartAsync(FakeAuthentication.None);
        storage.Registry.When(_ => true, new FakeReply { Body = Blob });
        fixture.Registry.When(
            request => request.AuthKind == "Bearer",
            FakeReply.Redirect(307, new Uri(storage.Registry.Address, "/store?signature=secret").ToString()));

        var blob = await fixture.Client.GetBlobAsync(fixture.Image(), Digest.Of(Blob), Cancellation);

        Assert.Equal(Blob, blob.Value);
        Assert.Equal("GET none", storage.Traffic);
    }

    [Fact]
    public async Task Referrers_come_from_the_API_where_there_is_one()
    {
        await using var fixture = await RegistryFixture.StartAsync(new FakeRegistryOptions { ListsReferrers = true });
        var artifact = FakeManifest.Artifact(Kind, fixture.Digest, Blob);
        fixture.Registry.Push("app", null, artifact);
        fixture.Registry.Push("app", null, FakeManifest.Artifact(Kind, FakeManifest.DigestOf("other"u8), Blob));

        var referrers = await ReferrersAsync(fixture);

        Assert.Equal([artifact.Digest], referrers.Value?.Found.Select(found => found.Digest.ToString()));
        Assert.EndsWith($"/referrers/{fixture.Digest}", fixture.Requests[^1].Path, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_of_referrers_is_read()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        var first = FakeManifest.Artifact(Kind, "sha256:1", Blob);
        var second = FakeManifest.Artifact(Kind, "sha256:2", Blob);
        var link = $"</v2/app/referrers/{fixture.Digest}?last=1>; rel=\"next\"";
        fixture.Registry.When(request => request.Query == "", Page(first).With("Link", link));
        fixture.Registry.When(request => request.Query == "?last=1", Page(second));

        var referrers = await ReferrersAsync(fixture);

        Assert.Equal([first.Digest, second.Digest], referrers.Value?.Found.Select(found => found.Digest.ToString()));
    }

    [Fact]
    public async Task A_list_of_referrers_that_goes_on_at_another_host_is_no_list()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(
            _ => true, Page().With("Link", "<https://elsewhere.example/v2/app/referrers/x>; rel=\"next\""));

        var referrers = await ReferrersAsync(fixture);

        Assert.Equal(Verdict.Invalid, referrers.Verdict);
        Assert.Contains("goes on at another host", referrers.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_ends_after_two_pages()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        var artifact = FakeManifest.Artifact(Kind, "sha256:1", Blob);
        fixture.Registry.When(_ => true, Page(artifact).With("Link", "<?again>; rel=\"next\""));

        var referrers = await ReferrersAsync(fixture);

        Assert.Equal([artifact.Digest], referrers.Value?.Found.Select(found => found.Digest.ToString()));
        Assert.False(referrers.Value?.IsComplete);
        Assert.Equal(2, fixture.Requests.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_page_over_a_megabyte_is_not_read(bool hasApi)
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        var page = $"{{\"manifests\":[],\"x\":\"{new string('x', 1 << 20)}\"}}";
        fixture.Registry.When(
            request => IsForReferrers(request) == hasApi, FakeReply.Of(200, page, FakeManifest.OciIndex));

        var referrers = await ReferrersAsync(fixture);

        Assert.Equal(Verdict.Invalid, referrers.Verdict);
        Assert.Contains("larger than 1 MiB", referrers.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(406)]
    [InlineData(501)]
    [InlineData(200)]
    public async Task A_registry_without_the_API_is_asked_for_the_tag_in_its_place(int status)
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        var artifact = FakeManifest.Artifact(Kind, fixture.Digest, Blob);
        fixture.Registry.Push("app", fixture.Digest.Replace(':', '-'), FakeManifest.IndexOf(artifact));
        fixture.Registry.When(IsForReferrers, FakeReply.Of(status, "<html>", "text/html"));

        var referrers = await ReferrersAsync(fixture);

        Assert.Equal([artifact.Digest], referrers.Value?.Found.Select(found => found.Digest.ToString()));
    }

    [Theory]
    [InlineData(401, Verdict.Auth)]
    [InlineData(403, Verdict.Auth)]
    [InlineData(429, Verdict.Limited)]
    public async Task Referrers_that_cannot_be_read_are_not_taken_for_none(int status, Verdict expected)
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(IsForReferrers, FakeReply.Of(status));

        Assert.Equal(expected, (await ReferrersAsync(fixture)).Verdict);
    }

    [Fact]
    public async Task A_tag_of_referrers_that_cannot_be_read_is_not_taken_for_none()
    {
        await using var fixture = await RegistryFixture.StartAsync(FakeAuthentication.None);
        fixture.Registry.When(request => !IsForReferrers(request), FakeReply.Of(403));

        Assert.Equal(Verdict.Auth, (await ReferrersAsync(fixture)).Verdict);
    }

    /// <summary>The answer for app:v1 with so many pulls left; null for no limit.</summary>
    private static FakeReply Pullable(int? left)
    {
        var reply = FakeReply.Of(FakeManifest.Of(FakeManifest.OciIndex, "first"));
        return left is null ? reply : reply.With("ratelimit-remaining", $"{left};w=21600");
    }

    private static bool IsForReferrers(FakeRequest request) =>
        request.Path.Contains("/referrers/", StringComparison.Ordinal);

    private static FakeReply Page(params FakeManifest[] manifests) =>
        FakeReply.Of(200, Encoding.UTF8.GetString(FakeManifest.IndexOf(manifests).Content), FakeManifest.OciIndex);

    private static Task<Fetched<ReferrerList>> ReferrersAsync(RegistryFixture fixture) =>
        fixture.Client.GetReferrersAsync(
            fixture.Image("app"), Digest.Parse(fixture.Digest), RegistryContract.Bundles, Cancellation);
}
