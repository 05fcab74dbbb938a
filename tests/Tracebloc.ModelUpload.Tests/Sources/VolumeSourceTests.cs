using System.Diagnostics;
using System.Net.Sockets;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.Testing;

namespace Tracebloc.ModelUpload.Tests.Sources;

public sealed class VolumeSourceTests : IDisposable
{
    private readonly TestFolder _volume = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _volume.Dispose();

    [Fact]
    public async Task Files_are_listed_with_their_lengths_and_read()
    {
        _volume.Write("config.json", "{}");
        _volume.Write("tok/config.json", "other");
        _volume.Write(".hidden/ with space/ü", "x");

        var listing = await Some().ListAsync(Token);

        Assert.Equal(
            [".hidden/ with space/ü", "config.json", "tok/config.json"], listing.Files.Select(file => file.Path.Text));
        Assert.Equal([1, 2, 5], listing.Files.Select(file => file.Length));
        Assert.Equal("other", await ReadAsync(Some(), listing.Files[2]));
    }

    [Fact]
    public async Task A_single_file_is_a_model_of_its_name()
    {
        var source = new VolumeSource(new VolumeSettings(_volume.Write("model.gguf", "weights")));

        var file = Assert.Single((await source.ListAsync(Token)).Files);

        Assert.Equal("model.gguf", file.Path.Text);
        Assert.Equal("weights", await ReadAsync(source, file));
    }

    [Fact]
    public async Task An_offset_is_read_from()
    {
        _volume.Write("f", "0123456789");
        var file = Assert.Single((await Some().ListAsync(Token)).Files);

        await using var stream = await Some().OpenAsync(file, 7, Token);

        Assert.Equal("789", await new StreamReader(stream).ReadToEndAsync(Token));
    }

    [Fact]
    public async Task Fault_25_what_is_not_the_model_is_left_out_unread()
    {
        _volume.Write("f", "x");
        _volume.Write(".cache/huggingface/x", "x");
        _volume.Write(".git/config", "x");
        File.CreateSymbolicLink(_volume[".git/out"], "/etc/hostname");
        _volume.Write("model.sig", "x");

        var listing = await Some().ListAsync(Token);

        Assert.Equal(["f"], listing.Files.Select(file => file.Path.Text));
        Assert.Equal([".cache", ".git", "model.sig"], listing.LeftOut.Select(path => path.Text));
    }

    [Fact]
    public async Task Links_of_a_ConfigMap_are_its_files()
    {
        _volume.Write("..2026_01_02/config.json", "{}");
        File.CreateSymbolicLink(_volume["..data"], "..2026_01_02");
        File.CreateSymbolicLink(_volume["config.json"], "..data/config.json");

        var file = Assert.Single((await Some().ListAsync(Token)).Files);

        Assert.Equal("config.json", file.Path.Text);
        Assert.Equal("{}", await ReadAsync(Some(), file));
    }

    [Fact]
    public async Task Links_within_the_folder_are_the_files_that_they_lead_to()
    {
        _volume.Write("blobs/abc", "weights");
        Directory.CreateDirectory(_volume["snapshots/main"]);
        File.CreateSymbolicLink(_volume["snapshots/main/model"], "../../blobs/abc");

        var listing = await Some().ListAsync(Token);

        Assert.Equal(["blobs/abc", "snapshots/main/model"], listing.Files.Select(file => file.Path.Text));
        Assert.Equal("weights", await ReadAsync(Some(), listing.Files[1]));
    }

    [Fact]
    public async Task A_link_out_of_the_folder_is_refused_by_name()
    {
        _volume.Write("beside", "secret");
        _volume.Write("model/f", "x");
        File.CreateSymbolicLink(_volume["model/out"], "../beside");

        await RefusedAsync(Some("model"), $"{_volume["model/out"]} leads to {_volume["beside"]}, out of ");
    }

    [Fact]
    public async Task A_link_to_a_folder_is_refused_by_name()
    {
        _volume.Write("a/f", "x");
        File.CreateSymbolicLink(_volume["b"], "a");

        await RefusedAsync(Some(), $"{_volume["b"]} is a link to {_volume["a"]}, which is no file");
    }

    [Fact]
    public async Task A_link_to_nothing_is_refused_by_name()
    {
        File.CreateSymbolicLink(_volume["b"], "absent");

        await RefusedAsync(Some(), $"{_volume["b"]} is a link that leads to no file");
    }

    [Fact]
    public async Task Pipes_and_sockets_are_refused_and_not_waited_for()
    {
        using var pipe = new NamedPipe(_volume["pipe"]);
        await RefusedAsync(Some(), $"{_volume["pipe"]} is a pipe, socket or device");
        File.Delete(_volume["pipe"]);

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_volume["s"]));
        await RefusedAsync(Some(), $"{_volume["s"]} is a pipe, socket or device");
    }

    [Fact]
    public async Task A_folder_that_is_absent_is_not_an_empty_model() =>
        await RefusedAsync(Some("absent"), $"{_volume["absent"]} does not exist; check the path and the mount");

    [Fact]
    public async Task Fault_4_an_empty_folder_is_an_error() =>
        await RefusedAsync(Some(), $"{Some().Name} has no files");

    [Fact]
    public async Task A_name_that_is_not_UTF_8_is_refused()
    {
        var path = $"\"{_volume.Path}/$(printf 'a\\377b')\"";
        using var write = Process.Start("sh", ["-c", $"printf x > {path}"]);
        await write.WaitForExitAsync(Token);

        await RefusedAsync(Some(), "a name that is not UTF-8; rename it");

        using var remove = Process.Start("rm", ["-r", _volume.Path]); // .NET cannot name the file.
        await remove.WaitForExitAsync(Token);
    }

    [Fact]
    public async Task A_name_with_the_replacement_character_is_one()
    {
        _volume.Write("a\uFFFDb", "x");

        Assert.Equal("a\uFFFDb", Assert.Single((await Some().ListAsync(Token)).Files).Path.Text);
    }

    [Fact]
    public async Task A_file_that_was_replaced_since_its_listing_is_refused()
    {
        _volume.Write("f", "old");
        var file = Assert.Single((await Some().ListAsync(Token)).Files);
        File.Delete(_volume["f"]);
        _volume.Write("f", "new");

        await RefusedAsync(() => ReadAsync(Some(), file), "has changed since it was listed");
        File.Delete(_volume["f"]);
        await RefusedAsync(() => ReadAsync(Some(), file), "has gone since it was listed");
    }

    [Fact]
    public async Task A_file_that_is_written_to_while_it_is_read_is_refused()
    {
        _volume.Write("f", "old");
        var file = Assert.Single((await Some().ListAsync(Token)).Files);
        await using var stream = await Some().OpenAsync(file, 0, Token);
        await stream.ReadExactlyAsync(new byte[3], Token);

        _volume.Write("f", "new");

        await RefusedAsync(
            () => stream.ReadAtLeastAsync(new byte[1], 1, throwOnEndOfStream: false, Token).AsTask(),
            "changed while it was read");
    }

    [Fact]
    public async Task A_file_that_became_a_link_out_of_the_folder_is_refused()
    {
        _volume.Write("model/f", "x");
        var file = Assert.Single((await Some("model").ListAsync(Token)).Files);
        File.Delete(_volume["model/f"]);
        File.CreateSymbolicLink(_volume["model/f"], _volume.Write("beside", "x"));

        await RefusedAsync(() => ReadAsync(Some("model"), file), "out of");
    }

    [Fact]
    public async Task A_change_of_mode_is_no_other_version()
    {
        _volume.Write("f", "x");
        var before = Assert.Single((await Some().ListAsync(Token)).Files);

        File.SetAttributes(_volume["f"], FileAttributes.ReadOnly);

        Assert.Equal(before, Assert.Single((await Some().ListAsync(Token)).Files) with { Stated = before.Stated });
    }

    [Fact]
    public async Task Ten_thousand_files_are_listed()
    {
        for (var i = 0; i < 10_000; i++)
            _volume.Write($"{i % 100}/{i}", "");

        Assert.Equal(10_000, (await Some().ListAsync(Token)).Files.Count);
    }

    private VolumeSource Some(string folder = "") =>
        new(new VolumeSettings(folder == "" ? _volume.Path : _volume[folder]));

    private static async Task<string> ReadAsync(VolumeSource source, SourceFile file)
    {
        await using var stream = await VerifiedFile.OpenAsync(source, file, SomeSource.Transfer(), Token);
        return await new StreamReader(stream).ReadToEndAsync(Token);
    }

    private static Task RefusedAsync(VolumeSource source, string message) =>
        RefusedAsync(() => source.ListAsync(Token), message);

    private static async Task RefusedAsync(Func<Task> call, string message)
    {
        var fault = await Assert.ThrowsAsync<UploadException>(call);
        Assert.Equal(UploadExit.Source, fault.ExitCode);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }
}
