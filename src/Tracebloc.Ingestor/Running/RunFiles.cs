using Tracebloc.Ingestor.Progress;
using Tracebloc.Ingestor.Tables;
using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Running;

/// <summary>Lists the files that the rows name, and places them.</summary>
internal sealed class RunFiles(RunContext context)
{
    private readonly RunSetup _setup = context.Setup;
    private readonly RunState _state = context.State;

    public void List()
    {
        var data = _setup.Data();
        var files = _state.Manifest.Files().Select(file => Placed(file.Path, file.Name));
        if (_setup.Specification.Rules.Tokenizer is not null && data.Tokenizer is { } path && File.Exists(path))
            files = files.Append(Placed(path, Path.GetFileName(path)));
        context.Files.List(files);
    }

    public async Task PlaceAsync(CancellationToken token)
    {
        var (journal, start) = (await context.JournalAsync(token), _setup.Time.GetTimestamp());
        await journal.FilesAsync(RunPhase.Placing, token);
        using var progress = new ProgressLog(new("Placing", "files"), _setup.Logger, _setup.Time);
        if (context.Current.Replaces)
            await context.Files.GatherAsync(placer => progress.Report(placer.Files, placer.Bytes), token);
        else
            await context.Files.PlaceAsync(placer => progress.Report(placer.Files, placer.Bytes), token);
        _state.FilesElapsed = _setup.Time.GetElapsedTime(start);
        await journal.FilesAsync(RunPhase.Placed, token);
    }

    private PlacedFile Placed(string path, string name) => new(path, name, _setup.Layout.IsStaged(path));
}
