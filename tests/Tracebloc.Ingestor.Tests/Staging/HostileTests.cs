using System.Text;
using Tracebloc.Ingestion.Staging;
using Tracebloc.Ingestor.Staging;

namespace Tracebloc.Ingestor.Tests.Staging;

/// <summary>The sender may send anything, and other pods write to the volume as well.</summary>
public sealed class HostileTests : IDisposable
{
    private readonly StagingScene _scene = new();
    private readonly DirectoryInfo _outside = Directory.CreateTempSubdirectory("outside-");

    public HostileTests() => File.WriteAllText(Path.Combine(_outside.FullName, "secret"), "secret");

    public void Dispose()
    {
        Assert.Equal("secret", File.ReadAllText(Assert.Single(_outside.EnumerateFileSystemInfos()).FullName));
        _outside.Delete(recursive: true);
        _scene.Dispose();
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("a/../../escape")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("a/")]
    [InlineData(".")]
    [InlineData("a/./b")]
    [InlineData("a\\b")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("\u007f")]
    [InlineData("")]
    [InlineData("\ufffd")]
    [InlineData("1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17")]
    public async Task A_path_that_is_not_plainly_below_the_folder_is_refused(string path)
    {
        await using var sender = await RawSender.OfferAsync(
            _scene, Guid.NewGuid(), StagingRole.Whole, new StagedFile("good", 1), new StagedFile(path, 1));

        Assert.Equal(StagingFailure.Refused, (await sender.RefusalAsync()).Failure);
        await _scene.FaultsAsync();
        Assert.Empty(StagingScene.Tree(_scene.Place.Files));
    }

    [Theory]
    [InlineData(255, null)]
    [InlineData(256, "a name in it is longer than 255 bytes")]
    public void A_name_has_at_most_255_bytes(int length, string? fault) => Assert.Equal(
        fault, StagedPath.FaultOf("images/" + new string('a', length - 2) + "é"));

    [Fact]
    public async Task Two_files_that_are_in_each_other_s_way_are_refused()
    {
        await using var twice = await RawSender.OfferAsync(
            _scene, Guid.NewGuid(), StagingRole.Whole, new StagedFile("a", 1), new StagedFile("a", 1));
        Assert.Equal("File a was refused: it is offered twice", (await twice.RefusalAsync()).Message);
        await _scene.FaultsAsync();

        await using var inside = await RawSender.OfferAsync(
            _scene, Guid.NewGuid(), StagingRole.Whole, new StagedFile("a/b/c", 1), new StagedFile("a", 1));
        Assert.Equal("File a/b/c was refused: a is a file", (await inside.RefusalAsync()).Message);
        await _scene.FaultsAsync();
    }

    [Fact]
    public async Task More_bytes_than_offered_are_refused()
    {
        await using var sender = await RawSender.OfferAsync(
            _scene, Guid.NewGuid(), StagingRole.Whole, new StagedFile("a", 3));
        await sender.ReadAsync(FrameType.Ready);

        await sender.BeginFileAsync(0, "four"u8.ToArray());

        Assert.Contains("more than 3 bytes", (await sender.RefusalAsync()).Message);
        await _scene.FaultsAsync();
    }

    [Fact]
    public async Task A_file_of_another_hash_is_refused_and_its_part_removed()
    {
        await using var sender = await RawSender.OfferAsync(
            _scene, Guid.NewGuid(), StagingRole.Whole, new StagedFile("a", 4));
        await sender.ReadAsync(FrameType.Ready);
        await sender.BeginFileAsync(0, "four"u8.ToArray());

        await sender.EndFileAsync("fore"u8.ToArray());

        var refusal = await sender.RefusalAsync();
        Assert.Equal((StagingFailure.Damaged, true), (refusal.Failure, refusal.IsTransient));
        await _scene.FaultsAsync();
        Assert.Empty(StagingScene.Tree(_scene.Place.Files));
        Assert.Empty(Directory.EnumerateFiles(_scene.Place.Works()[0], "*.part"));
    }

    [Fact]
    public async Task A_transfer_that_ends_without_all_files_is_refused()
    {
        await using var sender = await RawSender.OfferAsync(
            _scene, Guid.NewGuid(), StagingRole.Whole, new StagedFile("a", 4), new StagedFile("b", 4));
        await sender.ReadAsync(FrameType.Ready);
        await sender.BeginFileAsync(0, "four"u8.ToArray());

        await sender.EndFileAsync("four"u8.ToArray());

        Assert.StartsWith("File b was not sent", (await sender.RefusalAsync()).Message);
        await _scene.FaultsAsync();
    }

    [Theory]
    [InlineData(FrameType.Data)]
    [InlineData(FrameType.FileEnd)]
    [InlineData(FrameType.Done)]
    [InlineData(FrameType.Hello)]
    [InlineData(FrameType.Keep, 0)]
    [InlineData(FrameType.Keep, 7)]
    [InlineData(FrameType.File, 7, 0)]
    [InlineData(FrameType.File, 0, 5)]
    [InlineData(FrameType.File, 0, 2)]
    public async Task A_frame_that_does_not_belong_there_ends_the_transfer(FrameType type, params int[] payload)
    {
        await using var sender = await RawSender.OfferAsync(
            _scene, Guid.NewGuid(), StagingRole.Whole, new StagedFile("a", 4));
        await sender.ReadAsync(FrameType.Ready);

        var room = await sender.Writer.BeginAsync(type, 10, StagingScene.Cancelled);
        for (var at = 0; at < payload.Length; at++) room.Span[at] = (byte)payload[at];
        sender.Writer.End(payload.Length);
        await sender.Writer.FlushAsync(StagingScene.Cancelled);

        Assert.True((await sender.RefusalAsync()).Failure is StagingFailure.Protocol or StagingFailure.Refused);
        await _scene.FaultsAsync();
    }

    [Fact]
    public async Task A_link_in_place_of_a_folder_is_replaced_and_not_followed()
    {
        Directory.CreateDirectory(_scene.Place.Files);
        Directory.CreateSymbolicLink(Path.Combine(_scene.Place.Files, "images"), _outside.FullName);
        File.CreateSymbolicLink(
            Path.Combine(_scene.Place.Files, "labels.csv"), Path.Combine(_outside.FullName, "secret"));
        Directory.CreateSymbolicLink(Path.Combine(_scene.Place.Files, "other"), _outside.FullName);
        _scene.Write("images/secret", 10);
        _scene.Write("labels.csv", 10);

        await _scene.SendAsync();

        _scene.RequireSame();
    }

    [Fact]
    public async Task A_link_in_place_of_the_staging_folder_is_replaced_and_not_followed()
    {
        Directory.CreateDirectory(_scene.Place.Area);
        Directory.CreateSymbolicLink(_scene.Place.Files, _outside.FullName);
        _scene.Write("secret", 10);

        await _scene.SendAsync();

        _scene.RequireSame();
    }

    [Fact]
    public async Task A_link_in_place_of_all_staging_folders_is_refused()
    {
        Directory.CreateSymbolicLink(_scene.Place.Area, _outside.FullName);

        var fault = await Assert.ThrowsAsync<StagingException>(() => _scene.SendAsync());

        Assert.Equal(StagingFailure.Refused, fault.Failure);
        Assert.StartsWith("Transfer was refused by the volume: ", fault.Message);
        await _scene.FaultsAsync();
    }

    [Fact]
    public async Task A_link_in_place_of_a_part_or_a_lock_is_not_written_to()
    {
        _scene.Write("a", 10);
        _scene.Write("b", 20);
        var work = Directory.CreateDirectory(_scene.Place.WorkOf(Guid.NewGuid())).FullName;
        var secret = Path.Combine(_outside.FullName, "secret");
        File.CreateSymbolicLink(Path.Combine(work, WorkFolder.NameOf("a")), secret);
        File.CreateSymbolicLink(Path.Combine(work, "x.list"), secret);
        File.CreateSymbolicLink(Path.Combine(work, "x.open"), secret);

        await _scene.SendAsync();

        _scene.RequireSame();
    }

    [Theory]
    [InlineData("..")]
    [InlineData("a.b")]
    [InlineData("a/b")]
    [InlineData("-a")]
    [InlineData("")]
    [InlineData("a\n")]
    [InlineData("é")]
    public void A_folder_s_name_is_plain(string name) => Assert.False(StagedPath.IsFolder(name));

    [Fact]
    public void A_folder_s_name_has_at_most_128_letters()
    {
        Assert.True(StagedPath.IsFolder(new string('a', 128)));
        Assert.False(StagedPath.IsFolder(new string('a', 129)));
    }

    [Fact]
    public async Task A_hello_for_another_folder_is_refused()
    {
        await using var sender = RawSender.Connect(_scene);

        await sender.HelloAsync(new NearHello("2.0.0", Guid.NewGuid(), StagingRole.Whole, "dogs", 0));

        Assert.Equal(
            "Folder dogs was refused: this receiver is for cats_train-1f3a5c", (await sender.RefusalAsync()).Message);
        await _scene.FaultsAsync();
    }

    [Fact]
    public async Task A_malformed_list_is_no_list()
    {
        _scene.Write("a", 10);
        await _scene.SendAsync();
        var list = Directory.EnumerateFiles(_scene.Place.Works()[0]).Single();
        await File.WriteAllTextAsync(list, "x\n" + new string('z', 200) + "\n", Encoding.UTF8, StagingScene.Cancelled);

        Assert.Equal(1, (await _scene.SendAsync()).KeptFiles);
    }
}
