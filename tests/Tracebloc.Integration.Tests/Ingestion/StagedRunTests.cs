using Tracebloc.Database;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Integration.Tests.Ingestion;

/// <summary>Runs of the published program over an upload that <c>ingestor stage</c> has received.</summary>
[Collection(RealDatabases.Collection)]
public sealed class StagedRunTests(RealDatabases databases)
{
    private const string Images = "image_classification", Folder = "leaves_train-1f3a5c";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task An_upload_stays_when_its_run_fails_and_is_gone_once_it_is_registered(ServerKind kind)
    {
        await using var scene = await RunScene.StartAsync(databases[kind], Token);
        var area = Path.Combine(scene.Volume, ".tracebloc-staging");
        var upload = Directory.CreateDirectory(Path.Combine(area, Folder)).FullName;
        // The mark of a transfer.
        Directory.CreateDirectory(Path.Combine(area, $"{Folder}.work-{Guid.NewGuid():N}"));
        var example = scene.Example(Images);
        Directory.Move(Path.Combine(example, "images"), Path.Combine(upload, "images"));
        File.Move(Path.Combine(example, "rows.csv"), Path.Combine(upload, "rows.csv"));
        await scene.WriteAsync(
            Images, "ingest.yaml", text => text.Replace($"examples/{Images}/", $".tracebloc-staging/{Folder}/"));
        var before = Directory.EnumerateFiles(upload, "*", SearchOption.AllDirectories).Order().ToList();
        scene.Backend.Answer("/global_meta/", FakeReply.Of(400, "{}"));

        await scene.RunAsync(Images, "key", exit: 1);

        Assert.Equal(before, Directory.EnumerateFiles(upload, "*", SearchOption.AllDirectories).Order());
        var result = await scene.RunAsync(Images, "key");
        Assert.Empty(Directory.EnumerateFileSystemEntries(area));
        Assert.Contains($"Staging folder {Folder} was removed", result.Error, StringComparison.Ordinal);
        await scene.RunAsync(Images, "key");
    }
}
