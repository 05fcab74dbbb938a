using System.Globalization;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Ingestor.Progress;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Running;

/// <summary>Reads the whole data set before anything is created; a resumed run reads what it still needs.</summary>
internal sealed class RunValidation(RunContext context)
{
    private readonly RunSetup _setup = context.Setup;
    private readonly RunState _state = context.State;

    public async Task ValidateAsync(CancellationToken token)
    {
        var files = FilesValidation.Of(_setup.Specification, _setup.Data());
        await ValidateAsync(input => input with { Rows = files.Rows, Folders = files.Folders }, token);
        _state.Manifest = files.Manifest;
    }

    public async Task ResumeAsync(RunRecord run, CancellationToken token)
    {
        (_state.Run, _state.Rows, _state.IsOpen) = (run, run.Rows ?? 0, true);
        var isCut = _setup.Specification.Label is { Policy: LabelPolicy.Bucket };
        // The files may have been moved already; the bins need the rows alone.
        if (isCut && _setup.Specification.Intent == Intent.Train)
            await ValidateAsync(input => input, token);
        else if (isCut)
            _state.Bins = await Bins.OfAsync(_setup, context.Session, result: null, token);
    }

    /// <summary>Opens the rows: with processors the ones that they wrote, once for all passes.</summary>
    /// <param name="expected">The source as an earlier pass saw it; null for the first.</param>
    /// <param name="token">Ends processors and reading.</param>
    public async Task<RecordReader> OpenAsync(SourceMark? expected, CancellationToken token)
    {
        var (specification, source) = (_setup.Specification, _setup.Data().Source);
        if (specification.Processors.Count > 0)
        {
            if (_state.Processed is null)
            {
                var processed = new ProcessedSource(_setup);
                await processed.WriteAsync(source, context.Scratch.ProcessedRows, token);
                _state.Processed = processed;
            }

            (specification, source) = (ProcessedSource.FormOf(specification), context.Scratch.ProcessedRows);
        }

        var file = new SourceFile(source, _setup.Specification.Source) { Expected = expected };
        return await RecordSource.OpenAsync(file, specification, token);
    }

    /// <summary>The lines of progress of a pass over the rows.</summary>
    public ProgressLog Progress(string stage) =>
        new(new(stage, "rows", new FileInfo(SourcePath).Length), _setup.Logger, _setup.Time);

    private string SourcePath => _state.Processed is null ? _setup.Data().Source : context.Scratch.ProcessedRows;

    private async Task ValidateAsync(Func<ValidationInput, ValidationInput> with, CancellationToken token)
    {
        context.Scratch.Make();
        await using var reader = await OpenAsync(expected: null, token);
        using var progress = Progress("Validating");
        var input = with(new ValidationInput(_setup.Specification, reader, context.Scratch.Folder, _setup.Time));
        var result = await ValidationRun.RunAsync(
            input, new Reported<ValidationProgress>(at => progress.Report(at.Rows, at.Bytes)), token);
        context.Out.Write(ValidationText.Of(result));
        if (!result.IsValid || result.Mark is null)
            throw new IngestorException(
                IngestorExit.Failed,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{_setup.Specification.Source} is not valid: faults: {result.Faults:N0}; correct the data"));
        (_state.Validation, _state.Rows) = (result, result.Rows);
        _state.Bins = await Bins.OfAsync(_setup, context.Session, result, token);
    }
}
