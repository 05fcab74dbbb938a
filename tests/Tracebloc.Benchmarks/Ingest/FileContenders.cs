namespace Tracebloc.Benchmarks.Ingest;

/// <summary>
/// The ways to bring the files of a data set to their place: copied from another folder, moved from the folder of
/// uploads, and copied by cp. Of a run only the time for its files counts. Copies are put aside, and deleted at the
/// end: ext4 spends minutes after a deletion on passing over the inodes that it made free.
/// </summary>
internal sealed class FileContenders(IngestServer server, IngestVolume volume)
{
    private const string Elsewhere = "elsewhere", Uploads = ".tracebloc-staging/leaves";

    private readonly string _copied = volume.Leaves(Elsewhere);
    private readonly string _moved = volume.Leaves(Uploads);
    private readonly string _place = volume["leaves"];
    private int _aside;

    public IReadOnlyList<Contender> All() =>
    [
        Run(IngestScenario.Copied, _copied, () => PutAside(_place)),
        Run(IngestScenario.Moved, _moved, PutBack),
        new(IngestScenario.Cp, "cp", "-r", Path.Combine(_copied, "images"), Copy)
        {
            Before = _ => Task.Run(() => PutAside(Copy), CancellationToken.None),
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

        PutAside(_place);
    }

    private void PutAside(string folder)
    {
        if (Directory.Exists(folder)) Directory.Move(folder, $"{volume.Root}/aside-{_aside++}");
    }
}
