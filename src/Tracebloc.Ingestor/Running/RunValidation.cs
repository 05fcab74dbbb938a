using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Ingestor.Processors;
using Tracebloc.Ingestor.Progress;
using Tracebloc.Ingestor.Sharding;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Running;

/// <summary>Reads the whole data set before anything is created; a resumed run reads what it still needs.</summary>
internal sealed class RunValidation(RunContext context)
{
    private readonly RunSetup _setup = context.Setup;
    private readonly RunState _state = context.State;
    private RowCutter? _cutter;

    /// <summary>The rows of all passes.</summary>
    public SourceRows Rows => field ??= new(_setup.Specification, _setup.Data(), Host(), context.Scratch.ProcessedRows);

    private DataValidation Validation =>
        new(Rows, context.Scratch.Folder, _setup.Logger, _setup.Time) { Beside = Cutter };

    // Null where one pod loads all rows.
    private RowCutter? Cutter => _cutter ??= _setup.Shards is { } shards
        ? new RowCutter(Rows.Length, shards.Count * SharedLoad.PartsOfPod) : null;

    public async Task ValidateAsync(CancellationToken token)
    {
        var files = FilesValidation.Of(_setup.Specification, _setup.Data());
        context.Scratch.Make();
        if (_setup.Shards is { } shards && SliceValidation.ReasonAgainst(_setup.Specification) is null
            && await new SharedValidation(context, shards, Rows).RunAsync(token) is var (result, parts))
            await TakeAsync(result, parts, token);
        else
            await ValidateAsync(await LookAsync(files, token), token);
        _state.Manifest = files.Manifest;
    }

    private async Task<FilesValidation> LookAsync(FilesValidation files, CancellationToken token) =>
        _setup.Shards is { } shards ? await new SharedFiles(context, shards).LookAsync(files, token) : files;

    public async Task ResumeAsync(RunRecord run, CancellationToken token)
    {
        (_state.Run, _state.Rows) = (run, run.Rows ?? 0);
        // The backend may have the data set already: a failure is not undone, and the next attempt goes on.
        _state.IsOpen = run is not { Replaces: true, MayBeRegistered: true };
        var isCut = _setup.Specification.Label is { Policy: LabelPolicy.Bucket };
        // The files may have been moved already; the bins need the rows alone.
        if (isCut && _setup.Specification.Intent == Intent.Train)
        {
            context.Scratch.Make();
            await ValidateAsync(files: null, token);
        }
        else if (isCut)
            _state.Bins = await Bins.OfAsync(_setup, context.Session, result: null, token);
        _state.Remarks = run.Summary is { } remarks ? JournalText.Read(remarks) ?? [] : [];
    }

    /// <summary>The lines of progress of a pass over the rows.</summary>
    public ProgressLog Progress(string stage) => Validation.Progress(stage);

    private ProcessorHost? Host()
    {
        if (_setup.Specification.Processors.Count == 0) return null;
        return ProcessorHost.Find(_setup.Settings.Python, _setup.Settings.Path, _setup.Deadlines, _setup.Time)
            ?? throw new IngestorException(
                IngestorExit.Usage,
                "spec.processors: no python3 is installed; use the image of the ingestor whose tag ends in -python");
    }

    private async Task ValidateAsync(FilesValidation? files, CancellationToken token)
    {
        var result = await Validation.RunAsync(files, token);
        await TakeAsync(result, result.Mark is { } mark ? Cutter?.Parts(mark.Length) : null, token);
    }

    private async Task TakeAsync(ValidationResult result, IReadOnlyList<RowPart>? parts, CancellationToken token)
    {
        _state.Processed = Rows.Processed;
        context.Out.Write(ValidationText.Of(result));
        if (!result.IsValid || result.Mark is null)
            throw new IngestorException(IngestorExit.Failed, ValidationText.Verdict(_setup.Table, result))
            {
                IsFinal = true,
            };
        (_state.Validation, _state.Rows, _state.Remarks) = (result, result.Rows, [.. result.Remarks]);
        _state.Parts = parts ?? [];
        _state.Bins = await Bins.OfAsync(_setup, context.Session, result, token);
    }
}
