using System.Text;
using Tracebloc.ModelUpload.Destinations;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.ModelUpload.Tests.Sources;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Tests.Destinations;

public sealed class VolumeRestartTests
{
    private const int MostSteps = 200;

    private static readonly byte[] Weights = Encoding.ASCII.GetBytes("the weights of a model");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static SomeSource Old => new(("config.json", "{}"u8.ToArray()), ("gone/x", [1]), ("tok/weights", Weights));

    private static SomeSource New => new(("config.json", "[1]"u8.ToArray()), ("gone", [2]), ("tok/weights", Weights));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_run_that_follows_a_kill_ends_as_if_there_had_been_none(bool isThere)
    {
        var number = 1;
        for (var isKilled = true; isKilled; number++)
        {
            Assert.InRange(number, 1, MostSteps);
            using var volume = new TestFolder();
            if (isThere)
                await VolumeRun.RunAsync(Old, volume["model"], [1]);

            isKilled = await VolumeRun.KillAsync(New, volume["model"], [2], number);
            await VolumeRun.RunAsync(New, volume["model"], [2]);

            Assert.Equal(
                [".model-upload/lock", ".model-upload/record.json", "config.json", "gone", "model.sig", "tok/weights"],
                volume.Files.Select(file => file["model/".Length..]));
            Assert.Equal("[1]", File.ReadAllText(volume["model/config.json"]));
            Assert.Equal([2], File.ReadAllBytes(volume["model/model.sig"]));
            Assert.False(Directory.Exists(volume[".model-upload"]));
        }

        Assert.InRange(number, 15, MostSteps);
    }

    [Fact]
    public async Task A_fresh_target_is_absent_or_whole_after_every_kill()
    {
        var isKilled = true;
        for (var number = 1; isKilled; number++)
        {
            using var volume = new TestFolder();
            isKilled = await VolumeRun.KillAsync(New, volume["model"], [2], number);
            Assert.Equal(
                Directory.Exists(volume["model"]),
                File.Exists(volume["model/config.json"]) && File.Exists(volume["model/gone"])
                    && File.Exists(volume["model/tok/weights"]) && File.Exists(volume["model/model.sig"]));
        }
    }

    [Fact]
    public async Task Whole_files_of_a_killed_run_are_not_read_again()
    {
        using var volume = new TestFolder();
        var broken = new SomeSource(("a", Weights), ("b", Weights))
        {
            Connection = (attempt, rest) => attempt == 1
                ? new MemoryStream(rest)
                : new BrokenStream(rest, 0, () => UploadException.OfSource("gone")),
        };
        await Assert.ThrowsAsync<UploadException>(() => VolumeRun.RunAsync(broken, volume["model"]));
        var source = new SomeSource(("a", Weights), ("b", Weights));

        var publication = await VolumeRun.RunAsync(source, volume["model"]);

        Assert.Equal([0], source.Opened);
        Assert.Equal(Weights.Length, publication.SentBytes);
    }

    [Fact]
    public async Task A_small_file_that_a_crash_damaged_is_read_again()
    {
        using var volume = new TestFolder();
        var file = SomeSource.File("a", Weights);
        volume.Write(
            $"model/.model-upload/staging/{StagedName.Done(file, Digest.Of(Weights))}", new byte[Weights.Length]);

        await VolumeRun.RunAsync(new SomeSource(("a", Weights)), volume["model"]);

        Assert.Equal(Weights, File.ReadAllBytes(volume["model/a"]));
    }

    [Theory]
    [InlineData("the weig", 8)]
    [InlineData("the weights of a model", 22)]
    [InlineData("THE WEIG", 0)]
    [InlineData("the weights of a model and more", 0)]
    public async Task A_part_is_continued_where_the_source_states_a_hash(string kept, int offset)
    {
        using var volume = new TestFolder();
        var file = SomeSource.File("a", Weights, new ContentHash(HashKind.Sha256, Digest.Of(Weights).Hex));
        volume.Write($"model/.model-upload/staging/{StagedName.Part(file)}", kept);
        var source = new SomeSource(("a", Weights));
        await using var destination = new VolumeDestination(new VolumeSettings(volume["model"]));
        var plan = await destination.PlanAsync(source, ModelFilter.Of("some", [file]), Token);

        var published = await destination.MoveAsync(Assert.Single(plan.Parts), source, SomeSource.Transfer(), Token);
        await destination.PublishAsync(published, null, Token);

        Assert.Equal(Weights, File.ReadAllBytes(volume["model/a"]));
        Assert.Equal(offset == Weights.Length ? [] : [offset], source.Opened.TakeLast(1));
    }

    [Fact]
    public async Task A_part_without_a_stated_hash_starts_again()
    {
        using var volume = new TestFolder();
        var file = SomeSource.File("a", Weights);
        volume.Write($"model/.model-upload/staging/{StagedName.Part(file)}", "\0\0\0");
        var source = new SomeSource(("a", Weights));

        await VolumeRun.RunAsync(source, volume["model"]);

        Assert.Equal([0], source.Opened);
        Assert.Equal(Weights, File.ReadAllBytes(volume["model/a"]));
    }

    [Fact]
    public async Task Fault_25_leftovers_of_other_runs_are_removed()
    {
        using var volume = new TestFolder();
        volume.Write("model/.model-upload/staging/part-0123456789abcdef0123456789abcdef", "x");
        volume.Write(".model-upload/new-model/.model-upload/staging/x", "x");
        volume.Write("model/notes.txt", "mine");

        await VolumeRun.RunAsync(new SomeSource(("a", Weights)), volume["model"]);

        Assert.Equal(
            ["model/.model-upload/lock", "model/.model-upload/record.json", "model/a", "model/notes.txt"],
            volume.Files);
    }
}
