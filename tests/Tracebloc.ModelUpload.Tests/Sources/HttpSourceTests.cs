using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.ModelUpload.Tests.Stores;
using Tracebloc.Testing.Registry;
using Tracebloc.Testing.Web;

namespace Tracebloc.ModelUpload.Tests.Sources;

public sealed class HttpSourceTests
{
    private const string Text = "0123456789";

    private static readonly byte[] Digits = Encoding.UTF8.GetBytes(Text);

    [Fact]
    public async Task A_file_is_listed_with_its_decoded_name_its_length_and_its_pin()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        server.Files["/models/my model.bin"] = new FakeFile(Digits) { ETag = "\"abc\"" };
        await using var source = new WebFixture().Http($"{server.Address}models/my%20model.bin?Signature=s3cret#part");

        var listing = await source.ListAsync(cancelled);

        var file = Assert.Single(listing.Files);
        Assert.Equal("my model.bin", file.Path.Text);
        Assert.Equal(10, file.Length);
        Assert.Equal("etag \"abc\"", file.Version);
        Assert.Equal($"{server.Address}models/my%20model.bin?…", file.Address);
        Assert.Equal(file.Address, listing.Source);
        Assert.Equal("identity", Assert.Single(server.Requests).Headers["Accept-Encoding"]);
    }

    [Theory]
    [InlineData("http://host/models/", "names no file: its path ends with a slash")]
    [InlineData("http://host", "names no file: its path ends with a slash")]
    [InlineData("http://host/a%2Fb", "has a slash in its file name")]
    [InlineData("http://host/a%00", "has a file name that holds a NUL")]
    public void An_address_that_names_no_file_is_refused(string address, string fault)
    {
        var failed = Assert.Throws<UploadException>(() => new WebFixture().Http(address));
        Assert.Equal(UploadExit.Usage, failed.ExitCode);
        Assert.Contains($" {fault}; give the address of one file", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://user:s3cret@host/a")]
    [InlineData("ftp://host/s3cret")]
    [InlineData("s3cret")]
    public void An_address_with_a_password_or_of_another_kind_is_refused_without_being_shown(string address)
    {
        var failed = Assert.Throws<UploadException>(() => new WebFixture().Http(address));
        Assert.Equal(UploadExit.Usage, failed.ExitCode);
        Assert.DoesNotContain("s3cret", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task An_empty_file_is_a_file(bool takesRanges, bool statesLength)
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        server.Files["/a"] = new FakeFile(default) { TakesRanges = takesRanges, StatesLength = statesLength };
        var fixture = new WebFixture();
        await using var source = fixture.Http($"{server.Address}a");

        var file = Assert.Single((await source.ListAsync(cancelled)).Files);

        Assert.Equal(statesLength ? 0L : null, file.Length);
        Assert.Empty(await fixture.ReadAsync(source, file, cancelled));
    }

    [Theory]
    [InlineData("\"v\"", null, "etag \"v\"")]
    [InlineData("W/\"v\"", null, "unpinned ")]
    [InlineData("W/\"v\"", "Mon, 01 Jan 2024 00:00:00 GMT", "modified Mon, 01 Jan 2024 00:00:00 GMT")]
    [InlineData(null, "Mon, 01 Jan 2024 00:00:00 GMT", "modified Mon, 01 Jan 2024 00:00:00 GMT")]
    [InlineData(null, "Fri, 01 Jan 2100 00:00:00 GMT", "unpinned ")]
    [InlineData("no quotes", null, "unpinned ")]
    [InlineData(null, null, "unpinned ")]
    public async Task The_version_is_the_strongest_validator(string? tag, string? modified, string version)
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        server.Files["/a"] = new FakeFile(Digits) { ETag = tag, LastModified = modified };
        await using var source = new WebFixture().Http($"{server.Address}a");

        var file = Assert.Single((await source.ListAsync(cancelled)).Files);

        Assert.StartsWith(version, file.Version, StringComparison.Ordinal);
        Assert.Equal(file.Version, HttpPin.Parse(file.Version).ToString());
    }

    [Theory]
    [InlineData("Repr-Digest", "sha-256=:{0}:", nameof(HashKind.Sha256), true)]
    [InlineData("Digest", "MD5=nonsense,SHA-256={0}", nameof(HashKind.Sha256), true)]
    [InlineData("Digest", "sha-512={0}", nameof(HashKind.Sha512), true)]
    [InlineData("Content-Digest", "sha-256=:{0}:", nameof(HashKind.Sha256), false)]
    [InlineData("Content-MD5", "{0}", nameof(HashKind.Md5), false)]
    [InlineData("x-goog-hash", "crc32c=AAAAAA==,md5={0}", nameof(HashKind.Md5), true)]
    [InlineData("x-ms-blob-content-md5", "{0}", nameof(HashKind.Md5), true)]
    public async Task A_stated_hash_of_the_whole_file_is_taken(
        string name, string form, string algorithm, bool besidePart)
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        var kind = Enum.Parse<HashKind>(algorithm);
        var hash = kind switch
        {
            HashKind.Sha256 => SHA256.HashData(Digits),
            HashKind.Sha512 => SHA512.HashData(Digits),
            _ => CryptographicOperations.HashData(HashAlgorithmName.MD5, Digits),
        };
        var value = form.Replace("{0}", Convert.ToBase64String(hash), StringComparison.Ordinal);
        server.Files["/whole"] = new FakeFile(Digits) { TakesRanges = false }.With(name, value);
        server.Files["/part"] = new FakeFile(Digits).With(name, value);

        var whole = await StatedAsync($"{server.Address}whole", cancelled);
        var part = await StatedAsync($"{server.Address}part", cancelled);

        var stated = new ContentHash(kind, Convert.ToHexStringLower(hash));
        Assert.Contains(stated, whole);
        Assert.Equal(besidePart, part.Contains(stated));
    }

    [Fact]
    public async Task The_hash_of_an_encoded_file_is_none_of_the_file()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        var hash = $"md5={Convert.ToBase64String(new byte[16])}";
        server.Files["/sent"] = new FakeFile(Digits) { ContentEncoding = "gzip" }.With("x-goog-hash", hash);
        server.Files["/stored"] = new FakeFile(Digits).With("x-goog-hash", hash)
            .With("x-goog-stored-content-encoding", "gzip");
        Assert.Empty(await StatedAsync($"{server.Address}sent", cancelled));
        Assert.Empty(await StatedAsync($"{server.Address}stored", cancelled));
    }

    // Fault 6 of the Python job: it stores the encoded bytes.
    [Theory]
    [InlineData("gzip")]
    [InlineData("x-gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_file_that_is_sent_encoded_is_decoded(string encoding)
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        server.Files["/a"] = new FakeFile(Encoded(encoding)) { ContentEncoding = encoding };
        var fixture = new WebFixture();
        await using var source = fixture.Http($"{server.Address}a");

        var file = Assert.Single((await source.ListAsync(cancelled)).Files);

        Assert.Null(file.Length);
        Assert.Equal(Digits, await fixture.ReadAsync(source, file, cancelled));
        Assert.Equal("456789", await WebFixture.ReadAsync(source, file, 4, cancelled));
    }

    [Fact]
    public async Task A_file_in_an_unknown_encoding_is_refused()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        server.Files["/a"] = new FakeFile(Digits) { ContentEncoding = "compress" };
        var fixture = new WebFixture();
        await using var source = fixture.Http($"{server.Address}a");
        var file = Assert.Single((await source.ListAsync(cancelled)).Files);

        var failed = await Assert.ThrowsAsync<UploadException>(() => fixture.ReadAsync(source, file, cancelled));

        Assert.Equal(
            $"{server.Address}a cannot be read: the server sends it with Content-Encoding \"compress\"; "
                + "serve it without one",
            failed.Message);
    }

    [Fact]
    public async Task An_archive_whose_own_compression_is_called_an_encoding_stays_as_it_is()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        var archive = Encoded("gzip");
        server.Files["/m.tar.gz"] = new FakeFile(archive)
        {
            ContentEncoding = "x-gzip",
            ContentType = "application/x-tar",
        };
        var fixture = new WebFixture();
        await using var source = fixture.Http($"{server.Address}m.tar.gz");

        var file = Assert.Single((await source.ListAsync(cancelled)).Files);

        Assert.Equal(archive.Length, file.Length);
        Assert.Equal(archive, await fixture.ReadAsync(source, file, cancelled));
        Assert.Empty(fixture.Warnings);
    }

    [Theory]
    [InlineData("model.bin", "application/octet-stream", false)]
    [InlineData("model.bin", "application/json; charset=utf-8", false)]
    [InlineData("model.bin", "text/html; charset=utf-8", true)]
    [InlineData("page.html", "text/html", false)]
    [InlineData("model.ZIP", "application/x-zip-compressed", false)]
    [InlineData("model.zip", "application/x-tar", true)]
    [InlineData("model.tar.xz", "application/x-gtar", false)]
    [InlineData("model.tgz", "application/json", true)]
    [InlineData("model.gz", "application/json", false)]
    [InlineData("model.zip", null, false)]
    public void A_media_type_that_does_not_fit_the_name_is_a_warning(string name, string? type, bool warns) =>
        Assert.Equal(warns, HttpContentType.WarningOf(name, type) is not null);

    [Fact]
    public async Task A_page_in_place_of_the_file_is_warned_of()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        server.Files["/a.bin"] = new FakeFile(Digits) { ContentType = "text/html" };
        var fixture = new WebFixture();
        await using var source = fixture.Http($"{server.Address}a.bin");
        await source.ListAsync(cancelled);
        Assert.Equal(
            "a.bin comes as text/html, which does not fit its name; check that the address is that of the file",
            Assert.Single(fixture.Warnings));
    }

    [Theory]
    [InlineData(401, false, "the server requires credentials")]
    [InlineData(403, false, "the server refuses access")]
    [InlineData(404, false, "there is no such file; check the address")]
    [InlineData(410, false, "there is no such file; check the address")]
    [InlineData(408, true, "status 408")]
    [InlineData(429, true, "the server limits the rate")]
    [InlineData(500, true, "the server failed")]
    [InlineData(501, false, "the server failed")]
    [InlineData(503, true, "the server failed")]
    public async Task A_refusal_names_the_file_and_the_remedy(int status, bool isTransient, string text)
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        server.Fail(new FakeTransfer { Instead = FakeReply.Of(status).With("Retry-After", "9") });
        await using var source = new WebFixture().Http($"{server.Address}a");

        var failed = await Assert.ThrowsAsync<UploadException>(() => source.ListAsync(cancelled));

        Assert.Equal(UploadExit.Source, failed.ExitCode);
        Assert.Equal(isTransient, failed.IsTransient);
        Assert.Equal(TimeSpan.FromSeconds(9), failed.RetryAfter);
        Assert.StartsWith(
            $"{server.Address}a cannot be read: status {status}", failed.Message, StringComparison.Ordinal);
        Assert.Contains(text, failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listing_survives_a_server_that_is_busy_at_first()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        server.Files["/a"] = new FakeFile(Digits);
        server.Fail(new FakeTransfer { Instead = FakeReply.Of(503) }, new FakeTransfer { Instead = FakeReply.Abort });
        await using var source = new WebFixture { Attempts = 3 }.Http($"{server.Address}a");
        Assert.Equal(10, (await source.ListAsync(cancelled)).Length);
    }

    private static async Task<IReadOnlyList<ContentHash>> StatedAsync(string address, CancellationToken cancelled)
    {
        await using var source = new WebFixture().Http(address);
        return Assert.Single((await source.ListAsync(cancelled)).Files).Stated;
    }

    private static byte[] Encoded(string encoding)
    {
        using var sent = new MemoryStream();
        using (Stream encoder = encoding switch
        {
            "br" => new BrotliStream(sent, CompressionMode.Compress, leaveOpen: true),
            "deflate" => new ZLibStream(sent, CompressionMode.Compress, leaveOpen: true),
            _ => new GZipStream(sent, CompressionMode.Compress, leaveOpen: true),
        })
            encoder.Write(Digits);
        return sent.ToArray();
    }
}
