using System.Text;
using Tracebloc.ModelUpload.Destinations;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.ModelUpload.Tests.Sources;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Tests.Destinations;

public sealed class VolumeDestinationTests : IDisposable
{
    private static readonly byte[] Weights = Encoding.ASCII.GetBytes("the weights of a model");

    private readonly TestFolder _volume = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Target => _volume["model"];

    private static SomeSource Model => new(("config.json", "{}"u8.ToArray()), ("tok/weights", Weights));

    public void Dispose() => _volume.Dispose();

    [Fact]
    public async Task An_absent_folder_appears_with_the_model()
    {
        var publication = await VolumeRun.RunAsync(Model, Target);

        Assert.Equal($"file://{Target}", publication.Uri);
        Assert.Equal(Weights.Length + 2, publication.SentBytes);
        Assert.Equal(
            ["model/.model-upload/lock", "model/.model-upload/record.json", "model/config.json", "model/tok/weights"],
            _volume.Files);
        Assert.Equal(Weights, File.ReadAllBytes(_volume["model/tok/weights"]));
    }

    [Fact]
    public async Task Nothing_is_at_the_target_before_the_publication()
    {
        await using var destination = new VolumeDestination(new VolumeSettings(Target));
        await destination.CheckAsync(Token);
        var plan = await destination.PlanAsync(Model, await Model.ListAsync(Token), Token);
        foreach (var part in plan.Parts)
            await destination.MoveAsync(part, Model, SomeSource.Transfer(), Token);

        Assert.False(Directory.Exists(Target));
    }

    [Fact]
    public async Task A_check_leaves_nothing_behind()
    {
        await using (var destination = new VolumeDestination(new VolumeSettings(Target)))
            await destination.CheckAsync(Token);

        Assert.Empty(Directory.EnumerateFileSystemEntries(_volume.Path));
    }

    [Fact]
    public async Task Fault_22_the_same_again_reads_and_sends_nothing()
    {
        await VolumeRun.RunAsync(Model, Target);
        var source = Model;
        var progress = new SomeProgress();

        var publication = await VolumeRun.RunAsync(source, Target, transfer: SomeSource.Transfer(progress));

        Assert.Equal(0, publication.SentBytes);
        Assert.Empty(source.Opened);
        Assert.Equal([("config.json", true), ("tok/weights", true)], progress.Ended);
    }

    [Fact]
    public async Task A_file_that_was_changed_at_the_target_is_sent_again()
    {
        await VolumeRun.RunAsync(Model, Target);
        _volume.Write("model/config.json", "[]");

        Assert.Equal(2, (await VolumeRun.RunAsync(Model, Target)).SentBytes);
        Assert.Equal("{}", File.ReadAllText(_volume["model/config.json"]));
    }

    [Fact]
    public async Task A_stated_hash_that_the_record_has_is_as_good_as_the_source()
    {
        await VolumeRun.RunAsync(Model, Target);
        var file = SomeSource.File("config.json", "{}"u8.ToArray()) with
        {
            Address = "elsewhere",
            Stated = [new ContentHash(HashKind.Sha256, Digest.Of("{}"u8).Hex)],
        };
        await using var destination = new VolumeDestination(new VolumeSettings(Target));

        var plan = await destination.PlanAsync(Model, ModelFilter.Of("elsewhere", [file]), Token);

        Assert.Equal(PartWay.Present, Assert.Single(plan.Parts).Way);
    }

    [Fact]
    public async Task A_plan_changes_nothing()
    {
        var plan = await VolumeRun.PlanAsync(Model, Target);

        Assert.Equal([PartWay.Streamed, PartWay.Streamed], plan.Parts.Select(part => part.Way));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_volume.Path));
    }

    [Fact]
    public async Task Files_of_an_earlier_publication_go_and_those_of_others_stay()
    {
        _volume.Write("model/notes.txt", "mine");
        await VolumeRun.RunAsync(new SomeSource(("a/b", Weights), ("c", Weights)), Target, [1]);
        _volume.Write("model/c", "changed by hand");

        await VolumeRun.RunAsync(new SomeSource(("a", Weights)), Target);

        Assert.Equal(
            [".model-upload/lock", ".model-upload/record.json", "a", "c", "notes.txt"],
            _volume.Files.Select(file => file["model/".Length..]));
    }

    [Fact]
    public async Task The_signature_lies_at_the_top_and_is_replaced()
    {
        await VolumeRun.RunAsync(Model, Target, [1]);
        await VolumeRun.RunAsync(Model, Target, [2]);

        Assert.Equal([2], File.ReadAllBytes(_volume["model/model.sig"]));
    }

    [Fact]
    public async Task A_folder_in_the_place_of_a_file_is_named_before_the_transfer()
    {
        _volume.Write("model/config.json/x", "mine");

        var fault = await Assert.ThrowsAsync<UploadException>(() => VolumeRun.PlanAsync(Model, Target));

        Assert.Equal(UploadExit.Destination, fault.ExitCode);
        Assert.Contains("config.json there is no file; move that away", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_on_the_way_is_not_followed()
    {
        Directory.CreateDirectory(_volume["outside"]);
        Directory.CreateDirectory(Target);
        File.CreateSymbolicLink(_volume["model/tok"], _volume["outside"]);

        await Assert.ThrowsAsync<UploadException>(() => VolumeRun.RunAsync(Model, Target));

        Assert.Empty(Directory.EnumerateFileSystemEntries(_volume["outside"]));
    }

    [Fact]
    public async Task A_target_that_is_a_file_is_refused()
    {
        var file = _volume.Write("model", "x");

        var fault = await Assert.ThrowsAsync<UploadException>(() => VolumeRun.RunAsync(Model, file));

        Assert.Equal($"{file} is a file; give a folder", fault.Message);
    }

    [Fact]
    public async Task Two_runs_do_not_share_a_target()
    {
        await using var first = new VolumeDestination(new VolumeSettings(Target));
        await first.CheckAsync(Token);

        var fault = await Assert.ThrowsAsync<UploadException>(() => VolumeRun.RunAsync(Model, Target));

        Assert.Equal($"{Target} is being written by another run; wait for its end", fault.Message);
    }

    [Fact]
    public async Task Fault_29_too_little_space_is_an_error_before_the_transfer_with_both_numbers()
    {
        var huge = SomeSource.File("huge", []) with { Length = long.MaxValue / 2 };
        await using var destination = new VolumeDestination(new VolumeSettings(Target));

        var fault = await Assert.ThrowsAsync<UploadException>(
            () => destination.PlanAsync(Model, ModelFilter.Of("some", [huge]), Token));

        Assert.Contains($"needed are {long.MaxValue / 2}", fault.Message, StringComparison.Ordinal);
        Assert.Contains("bytes free", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_record_is_no_absent_one()
    {
        _volume.Write("model/.model-upload/record.json", "{");

        var fault = await Assert.ThrowsAsync<UploadException>(() => VolumeRun.PlanAsync(Model, Target));

        Assert.Contains("record.json is damaged; remove it", fault.Message, StringComparison.Ordinal);
    }
}
