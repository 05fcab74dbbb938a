using Tracebloc.Testing.Registry;

namespace Tracebloc.Registry.Tests.Pushing;

public sealed class BlobStreamTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4_999_999)]
    public async Task A_blob_larger_than_a_manifest_may_be_is_read_from_any_offset(int offset)
    {
        await using var fixture = await PushFixture.StartAsync();
        var blob = new SampleBlob(5_000_000);
        fixture.Registry.PushBlob("app", blob.Bytes);

        Assert.Equal(blob.Bytes[offset..], await ReadAsync(fixture, blob, offset));
    }

    [Fact]
    public async Task A_range_that_is_served_is_read_as_it_comes()
    {
        await using var fixture = await PushFixture.StartAsync();
        var blob = new SampleBlob(1000);
        fixture.Registry.When(
            request => request.Headers.GetValueOrDefault("Range") == "bytes=400-" && request.AuthKind == "Bearer",
            new FakeReply { Status = 206, Body = blob.Bytes.AsMemory(400) }
                .With("Content-Range", "bytes 400-999/1000"));

        Assert.Equal(blob.Bytes[400..], await ReadAsync(fixture, blob, 400));
    }

    [Fact]
    public async Task Another_range_than_the_one_asked_for_is_invalid()
    {
        await using var fixture = await PushFixture.StartAsync();
        var blob = new SampleBlob(1000);
        fixture.Registry.When(_ => true, new FakeReply { Status = 206, Body = blob.Bytes.AsMemory(300) }
            .With("Content-Range", "bytes 300-999/1000"));

        var opened = await OpenAsync(fixture, blob, 400);

        Assert.Equal(Verdict.Invalid, opened.Verdict);
    }

    [Fact]
    public async Task An_offset_at_the_end_is_an_empty_stream()
    {
        await using var fixture = await PushFixture.StartAsync();
        var blob = new SampleBlob(1000);
        fixture.Registry.When(_ => true, FakeReply.Of(416).With("Content-Range", "bytes */1000"));

        Assert.Empty(await ReadAsync(fixture, blob, 1000));
    }

    [Fact]
    public async Task A_missing_blob_is_not_found_and_a_broken_body_is_an_io_fault()
    {
        await using var fixture = await PushFixture.StartAsync();
        var blob = new SampleBlob(1000);

        Assert.Equal(Verdict.NotFound, (await OpenAsync(fixture, blob, 0)).Verdict);
        fixture.Registry.When(
            _ => true, new FakeReply { Body = blob.Bytes.AsMemory(500), ContentLength = 1000 });
        await Assert.ThrowsAnyAsync<IOException>(() => ReadAsync(fixture, blob, 0));
    }

    [Fact]
    public async Task No_credential_follows_a_redirect_to_the_store()
    {
        await using var store = await FakeRegistry.StartAsync(
            new FakeRegistryOptions { Authentication = FakeAuthentication.None }, PushFixture.Cancellation);
        var blob = new SampleBlob(1000);
        store.When(_ => true, new FakeReply { Body = blob.Bytes });
        await using var fixture = await PushFixture.StartAsync();
        fixture.Registry.When(
            request => request.AuthKind == "Bearer",
            FakeReply.Redirect(307, new Uri(store.Address, "/blob?signature=secret").AbsoluteUri));

        Assert.Equal(blob.Bytes[10..], await ReadAsync(fixture, blob, 10));

        Assert.Equal("none", Assert.Single(store.Requests).AuthKind);
    }

    [Fact]
    public async Task A_blob_is_known_to_be_there_or_not()
    {
        await using var fixture = await PushFixture.StartAsync();
        var blob = new SampleBlob(1000);

        var before = await fixture.Client.HasBlobAsync(fixture.Repository, blob.Digest, PushFixture.Cancellation);
        fixture.Registry.PushBlob("app", blob.Bytes);
        var after = await fixture.Client.HasBlobAsync(fixture.Repository, blob.Digest, PushFixture.Cancellation);
        fixture.Registry.When(_ => true, FakeReply.Of(403));
        var denied = await fixture.Client.HasBlobAsync(fixture.Repository, blob.Digest, PushFixture.Cancellation);

        Assert.Equal((Verdict.Ok, false), (before.Verdict, before.Value));
        Assert.Equal((Verdict.Ok, true), (after.Verdict, after.Value));
        Assert.Equal(Verdict.Auth, denied.Verdict);
    }

    private static Task<Fetched<Stream>> OpenAsync(PushFixture fixture, SampleBlob blob, long offset) =>
        fixture.Client.OpenBlobAsync(fixture.Repository, blob.Digest, offset, PushFixture.Cancellation);

    private static async Task<byte[]> ReadAsync(PushFixture fixture, SampleBlob blob, long offset)
    {
        var opened = await OpenAsync(fixture, blob, offset);
        Assert.True(opened.IsOk, $"{opened.Verdict}: {opened.Message}");
        await using var stream = opened.Value;
        using var read = new MemoryStream();
        await stream.CopyToAsync(read, PushFixture.Cancellation);
        return read.ToArray();
    }
}
