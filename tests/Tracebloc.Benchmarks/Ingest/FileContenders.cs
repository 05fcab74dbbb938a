namespace Tracebloc.Benchmarks.Ingest;

/// <summary>
/// The ways to bring the files of a data set to their place: copied from another folder, moved from the folder of
/// uploads, and copied by cp. Of a run only the time for its files counts.
/// </summary>
internal sealed class FileContenders(IngestServer server, IngestVolume volume)
{
    private const string Elsewhere = "elsewhere", Uploads = ".tracebloc-staging/leaves";

    private readonly string _copied = volume.Leaves(Elsewhere);
    private readonly string _moved = volume.Leaves(Uploads);
    private readonly string _place = volume["leaves"];

    public IReadOnlyList<Contender> All() =>
    [
        Run(IngestScenario.Copied, _copied, () => Remove(_place)),
        Run(IngestScenario.Moved, _moved, PutBack),
        new(IngestScenario.Cp, "cp", "-r", Path.Combine(_copied, "images"), Copy)
        {
            Before = _ => Task.Run(() => Remove(Copy), CancellationToken.None),
        },
    ];

    private string Copy => volume["copy"];

    private Contender Run(string name, string folder, Action before)
    {
        var run = server.Ingestor(name, folder);
        return run with
        {
            Part = IngestServer.FilesMs,
            Before = async token =>
            {
                await run.Before(token);
                before();
            },
        };
    }

    // The files that an earlier round has moved are uploaded again.
    private void PutBack()
    {
        var images = new DirectoryInfo(Path.Combine(_moved, "images"));
        if (!images.EnumerateFiles().Any())
        {
            images.Delete();
            Directory.Move(_place, images.FullName);
        }

        Remove(_place);
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
