using System.IO.Compression;
using System.Text;
using Tracebloc.ModelUpload.Archives;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.ModelUpload.Tests.Stores;
using Tracebloc.Registry;
using Tracebloc.Testing.Web;

namespace Tracebloc.ModelUpload.Tests.Sources;

public sealed class HttpArchiveTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [Fact]
    public async Task The_files_of_an_archive_are_the_model()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        server.Files["/m.zip"] = new FakeFile(
            Zip(("config.json", "{}"), ("tok/vocab.txt", "a b"), (".gitignore", "x")));
        var fixture = new WebFixture { Attempts = 3 };
        await using var source = Source(fixture, $"{server.Address}m.zip");
        server.Fail(new FakeTransfer(), new FakeTransfer { CutAt = 40 });

        var listing = await source.ListAsync(cancelled);

        Assert.Equal(["config.json", "tok/vocab.txt"], listing.Files.Select(file => file.Path.Text));
        var vocabulary = listing.Files[1];
        Assert.Equal($"{server.Address}m.zip!/tok/vocab.txt", vocabulary.Address);
        var digest = Digest.Of("a b"u8);
        Assert.Equal(digest.ToString(), vocabulary.Version);
        Assert.Equal(new ContentHash(HashKind.Sha256, digest.Hex), Assert.Single(vocabulary.Stated));
        Assert.Equal("a b", Encoding.UTF8.GetString(await fixture.ReadAsync(source, vocabulary, cancelled)));
        Assert.Equal(" b", await WebFixture.ReadAsync(source, vocabulary, 1, cancelled));
        Assert.Same(listing, await source.ListAsync(cancelled));
    }

    [Fact]
    public async Task Nothing_of_an_archive_stays_on_disk()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        server.Files["/m.zip"] = new FakeFile(Zip(("config.json", "{}")));
        await using (var source = Source(new WebFixture(), $"{server.Address}m.zip"))
        {
            await source.ListAsync(cancelled);
            Assert.Equal(["files"], Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName));
        }
        Assert.False(Directory.Exists(_folder));
    }

    [Fact]
    public async Task A_hostile_archive_is_refused_with_the_name_of_its_entry()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        server.Files["/m.zip"] = new FakeFile(Zip(("../../etc/passwd", "x")));
        await using var source = Source(new WebFixture(), $"{server.Address}m.zip");

        var failed = await Assert.ThrowsAsync<UploadException>(() => source.ListAsync(cancelled));

        Assert.StartsWith(
            $"Archive {server.Address}m.zip: entry ../../etc/passwd ", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_archive_by_its_name_is_not_unpacked()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var server = await FakeFileServer.StartAsync(cancelled);
        server.Files["/m.bin"] = new FakeFile("x"u8.ToArray());
        await using var source = Source(new WebFixture(), $"{server.Address}m.bin");
        var failed = await Assert.ThrowsAsync<UploadException>(() => source.ListAsync(cancelled));
        Assert.Contains("m.bin is not one archive", failed.Message, StringComparison.Ordinal);
    }

    public void Dispose() => ScratchFiles.Remove(_folder);

    private ArchiveSource Source(WebFixture fixture, string address) =>
        new(fixture.Http(address), _folder, new ArchiveLimits(), fixture.Transfer);

    private static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var sent = new MemoryStream();
        using (var archive = new ZipArchive(sent, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, text) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        return sent.ToArray();
    }
}
