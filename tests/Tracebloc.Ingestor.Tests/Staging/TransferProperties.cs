using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Ingestion.Staging;

namespace Tracebloc.Ingestor.Tests.Staging;

public sealed class TransferProperties
{
    private static readonly Gen<(string Path, int Size)> Files = Gen.Zip(
        Gen.Elements("labels.csv", "images/a.jpg", "images/b.jpg", "images/c.JPG", "texts/1.txt", "x/y/z", "x/a"),
        Gen.OneOf(Gen.Choose(0, 300), Gen.Choose(0, 3).Select(power => power * 262_144), Gen.Choose(0, 900_000)));

    private static readonly StagingDeadlines Short = new()
    {
        Ping = TimeSpan.FromMilliseconds(50),
        Silence = TimeSpan.FromSeconds(2),
        Stall = TimeSpan.FromSeconds(2),
        Idle = TimeSpan.FromSeconds(2),
        Reason = TimeSpan.FromSeconds(2),
    };

    [Fact]
    public void A_transfer_that_is_cut_anywhere_is_resumed_to_the_same_folder() => Check(
        60,
        Gen.Zip(
            Files.ListOf(),
            Gen.Zip(Gen.Choose(0, 1_500_000).ListOf(), Gen.Choose(1, 3))),
        async (scene, input) =>
        {
            var (files, (cuts, streams)) = input;
            Write(scene, files);
            scene.Sender = scene.Sender with { Streams = streams };
            foreach (var cut in cuts.Take(6))
            {
                scene.Wrap = stream => new FaultyStream(stream) { CutAt = cut };
                await TrySendAsync(scene);
                RequireWhole(scene);
            }

            scene.Wrap = stream => stream;
            await scene.SendAsync();
            scene.RequireSame();
        });

    [Fact]
    public void A_changed_byte_is_never_accepted() => Check(
        60,
        Gen.Zip(
            Files.ListOf(),
            Gen.Zip(
                Gen.OneOf(Gen.Choose(0, 400), Gen.Choose(0, 1_500_000)),
                Gen.Elements(Enum.GetValues<CompressionChoice>()))),
        async (scene, input) =>
        {
            var (files, (flip, compression)) = input;
            Write(scene, files);
            scene.Sender = scene.Sender with { Deadlines = Short, Compression = compression };
            scene.Receiver = scene.Receiver with { Deadlines = Short };
            scene.Wrap = stream => new FaultyStream(stream) { FlipAt = flip };
            // A ping, or the version in a hello, may be another one.
            if (await TrySendAsync(scene)) scene.RequireSame();

            scene.Wrap = stream => stream;
            (scene.Sender, scene.Receiver) =
                (scene.Sender with { Deadlines = new() }, scene.Receiver with { Deadlines = new() });
            await scene.SendAsync();
            scene.RequireSame();
        });

    private static void Write(StagingScene scene, IEnumerable<(string Path, int Size)> files)
    {
        foreach (var (path, size) in files) scene.Write(path, size, seed: size);
    }

    private static async Task<bool> TrySendAsync(StagingScene scene)
    {
        try
        {
            await scene.SendAsync();
            return true;
        }
        catch (StagingException)
        {
            return false;
        }
    }

    // An ingestion that runs now sees whole files only.
    private static void RequireWhole(StagingScene scene)
    {
        var local = StagingScene.Tree(scene.Local);
        foreach (var (path, hash) in StagingScene.Tree(scene.Place.Files)) Assert.Equal(local[path], hash);
    }

    private static void Check<T>(int count, Gen<T> inputs, Func<StagingScene, T, Task> property) =>
        Prop.ForAll(inputs.ToArbitrary(), input =>
        {
            using var scene = new StagingScene();
            property(scene, input).GetAwaiter().GetResult();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(count));
}
