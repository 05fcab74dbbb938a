using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.Net;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Tests.Sources;

public sealed class VerifiedStreamTests
{
    private static readonly byte[] Content = Encoding.ASCII.GetBytes("the weights of a model");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_file_is_whole_wherever_its_connections_break() => Prop.ForAll<byte[], byte, byte>((content, a, b) =>
    {
        // Every connection but the last breaks after one byte at least: attempts are counted anew.
        var source = new SomeSource(("f", content))
        {
            Connection = (attempt, rest) => attempt % 3 == 0 || rest.Length == 0
                ? new MemoryStream(rest)
                : new BrokenStream(rest, 1 + ((attempt % 2 == 0 ? a : b) % rest.Length), () => new IOException("cut")),
        };
        var (read, digest) = ReadAsync(source, SomeSource.File("f", content)).GetAwaiter().GetResult();
        Assert.Equal(content, read);
        Assert.Equal(Digest.Of(content), digest);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task A_connection_that_breaks_is_opened_again_at_the_reached_offset()
    {
        var source = new SomeSource(("f", Content))
        {
            Connection = (attempt, rest) => attempt == 1
                ? new BrokenStream(rest, 5, () => new IOException("cut"))
                : new MemoryStream(rest),
        };

        var (read, _) = await ReadAsync(source, SomeSource.File("f", Content));

        Assert.Equal(Content, read);
        Assert.Equal([0, 5], source.Opened);
    }

    [Fact]
    public async Task A_connection_that_ends_early_is_opened_again()
    {
        var source = new SomeSource(("f", Content))
        {
            Connection = (attempt, rest) => new MemoryStream(attempt == 1 ? rest[..5] : rest),
        };

        Assert.Equal(Content, (await ReadAsync(source, SomeSource.File("f", Content))).Read);
    }

    [Fact]
    public async Task Attempts_without_a_byte_are_counted_and_end()
    {
        var source = new SomeSource(("f", Content))
        {
            Connection = (attempt, rest) =>
                new BrokenStream(rest, attempt == 1 ? 5 : 0, () => new IOException("reset by peer")),
        };

        var fault = await Assert.ThrowsAsync<UploadException>(() => ReadAsync(source, SomeSource.File("f", Content)));

        Assert.Equal("some://source/f cannot be read at byte 5 of 22 after 3 attempts: reset by peer", fault.Message);
        Assert.False(fault.IsTransient);
        Assert.Equal([0, 5, 5], source.Opened);
    }

    [Fact]
    public async Task A_final_fault_is_not_tried_again()
    {
        var source = new SomeSource(("f", Content))
        {
            Connection = (_, rest) => new BrokenStream(rest, 5, () => UploadException.OfSource("f has changed")),
        };

        var fault = await Assert.ThrowsAsync<UploadException>(() => ReadAsync(source, SomeSource.File("f", Content)));

        Assert.Equal("f has changed", fault.Message);
        Assert.Equal([0], source.Opened);
    }

    [Fact]
    public async Task Bytes_beyond_the_stated_length_are_a_fault()
    {
        var source = new SomeSource(("f", Content));
        var file = SomeSource.File("f", Content) with { Length = 10 };

        var fault = await Assert.ThrowsAsync<UploadException>(() => ReadAsync(source, file));

        Assert.Equal(
            "some://source/f has more than the 10 bytes that are stated: it has changed; start again", fault.Message);
    }

    [Fact]
    public async Task A_connection_that_breaks_behind_the_last_byte_takes_nothing_away()
    {
        var source = new SomeSource(("f", Content))
        {
            Connection = (_, rest) => new BrokenStream(rest, rest.Length, () => new IOException("cut")),
        };

        Assert.Equal(Digest.Of(Content), (await ReadAsync(source, SomeSource.File("f", Content))).Digest);
    }

    [Fact]
    public async Task A_file_of_unknown_length_ends_where_its_stream_ends()
    {
        var file = SomeSource.File("f", Content) with { Length = null };

        Assert.Equal(Content, (await ReadAsync(new SomeSource(("f", Content)), file)).Read);
    }

    [Fact]
    public async Task Stated_hashes_that_fit_are_accepted()
    {
        var file = SomeSource.File("f", Content, [.. Enum.GetValues<HashKind>().Select(kind => Stated(kind, Content))]);

        Assert.Equal(Content, (await ReadAsync(new SomeSource(("f", Content)), file)).Read);
    }

    [Theory]
    [InlineData(nameof(HashKind.Sha256), "SHA-256")]
    [InlineData(nameof(HashKind.Sha512), "SHA-512")]
    [InlineData(nameof(HashKind.GitBlob), "Git hash")]
    [InlineData(nameof(HashKind.Crc32C), "CRC-32C")]
    [InlineData(nameof(HashKind.Crc64Nvme), "CRC-64/NVME")]
    [InlineData(nameof(HashKind.Md5), "MD5")]
    public async Task A_stated_hash_that_differs_names_the_file_and_both_values(string kind, string name)
    {
        var stated = Stated(Enum.Parse<HashKind>(kind), [1]);
        var found = Stated(Enum.Parse<HashKind>(kind), Content);
        var file = SomeSource.File("f", Content, stated);

        var fault = await Assert.ThrowsAsync<UploadException>(
            () => ReadAsync(new SomeSource(("f", Content)), file));

        Assert.StartsWith(
            $"some://source/f has the {name} {found.Hex}, stated is {stated.Hex}",
            fault.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Git_hash_without_a_length_is_rejected_before_a_byte_is_read()
    {
        var file = SomeSource.File("f", Content, Stated(HashKind.GitBlob, Content)) with { Length = null };
        var source = new SomeSource(("f", Content));

        await Assert.ThrowsAsync<UploadException>(() => ReadAsync(source, file));

        Assert.Empty(source.Opened);
    }

    [Fact]
    public async Task Bytes_are_counted_and_those_of_a_closed_stream_are_taken_back()
    {
        var progress = new SomeProgress();
        await using (var stream = await VerifiedFile.OpenAsync(
            new SomeSource(("f", Content)), SomeSource.File("f", Content), SomeSource.Transfer(progress), Token))
        {
            await stream.ReadExactlyAsync(new byte[7], Token);
            Assert.Equal(7, progress.Bytes);
            Assert.Null(stream.Content);
        }

        Assert.Equal(0, progress.Bytes);
        await ReadAsync(new SomeSource(("f", Content)), SomeSource.File("f", Content), progress);
        Assert.Equal(Content.Length, progress.Bytes);
    }

    [Fact]
    public async Task A_silent_connection_is_cut()
    {
        var source = new SomeSource(("f", Content))
        {
            Connection = (attempt, rest) => attempt == 1 ? new SilentStream() : new MemoryStream(rest),
        };
        var transfer = SomeSource.Transfer();
        var time = (Testing.ManualTimeProvider)transfer.Time;
        await using var stream = await VerifiedFile.OpenAsync(source, SomeSource.File("f", Content), transfer, Token);

        var read = stream.ReadAtLeastAsync(new byte[100], 22, throwOnEndOfStream: true, Token).AsTask();
        await time.WaitForTimerAsync(null, Token);
        time.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(22, await read);
    }

    private static async Task<(byte[] Read, Digest? Digest)> ReadAsync(
        SomeSource source, SourceFile file, SomeProgress? progress = null)
    {
        await using var stream = await VerifiedFile.OpenAsync(source, file, SomeSource.Transfer(progress), Token);
        using var read = new MemoryStream();
        await stream.CopyToAsync(read, Token);
        return (read.ToArray(), stream.Content);
    }

    private static ContentHash Stated(HashKind kind, byte[] content)
    {
        using var hasher = ContentHasher.Of(kind, Content.Length) ?? throw new InvalidOperationException();
        hasher.Add(content);
        return new ContentHash(kind, hasher.Hex());
    }

    private sealed class SilentStream : AsyncStream
    {
        public override bool CanRead => true;

        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            return 0;
        }
    }
}
