using Tracebloc.Database;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Ingestor.Loading;
using Tracebloc.Ingestor.Progress;
using Tracebloc.Ingestor.Tables;
using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Running;

internal sealed partial class IngestRun
{
    private async Task ValidateAsync(CancellationToken token)
    {
        var files = FilesValidation.Of(_setup.Specification, _setup.Data());
        await ValidateAsync(input => input with { Rows = files.Rows, Folders = files.Folders }, token);
        _state.Manifest = files.Manifest;
    }

    private async Task ValidateAsync(Func<ValidationInput, ValidationInput> with, CancellationToken token)
    {
        Directory.CreateDirectory(_setup.Scratch);
        var (source, form) = await SourceAsync(token);
        await using var reader = await RecordSource.OpenAsync(
            new SourceFile(source, _setup.Specification.Source), form, token);
        using var progress = new ProgressLog(Stage("Validating", source), _setup.Logger, _setup.Time);
        var input = with(new ValidationInput(_setup.Specification, reader, _setup.Scratch, _setup.Time));
        var result = await ValidationRun.RunAsync(
            input, new Reported<ValidationProgress>(at => progress.Report(at.Rows, at.Bytes)), token);
        _out.Write(ValidationText.Of(result));
        if (!result.IsValid || result.Mark is null)
            throw new IngestorException(
                IngestorExit.Failed,
                $"{_setup.Specification.Source} is not valid: {result.Faults:N0} faults; correct the data");
        (_state.Validation, _state.Rows) = (result, result.Rows);
        _state.Bins = await Bins.OfAsync(_setup, _session, result, token);
    }

    /// <summary>The file of the rows and its form: with processors the one that they wrote.</summary>
    private async Task<(string Path, IngestSpecification Form)> SourceAsync(CancellationToken token)
    {
        var source = _setup.Data().Source;
        if (_setup.Specification.Processors.Count == 0) return (source, _setup.Specification);
        var path = Path.Combine(_setup.Scratch, $"{_setup.Layout.FolderPrefix}rows.json");
        if (_state.Processed is null)
        {
            var processed = new ProcessedSource(_setup);
            await processed.WriteAsync(source, path, token);
            _state.Processed = processed;
        }

        return (path, ProcessedSource.FormOf(_setup.Specification));
    }

    private async Task CheckTableAsync(CancellationToken token)
    {
        if (await TableFacts.ReadAsync(_session, _setup.Table, token) is { } there
            && TablePlan.Difference(_setup.Table, _setup.Specification.Shape, there) is { } difference)
            throw new IngestorException(IngestorExit.Failed, difference);
    }

    private async Task BeginAsync(RunObservation seen, CancellationToken token)
    {
        await RunJournal.PrepareAsync(_session, _setup.Settings.Database.Name, token);
        var table = await TableAsync(token);
        var exists = await TableFacts.ReadAsync(_session, _setup.Table, token) is not null;
        _state.Run = new RunRecord
        {
            Key = Key,
            Table = _setup.Table,
            Intent = _setup.Intent,
            // The same in every attempt: the backend knows the data set by it.
            IngestorId = seen.Own?.IngestorId ?? Guid.NewGuid().ToString(),
            SpecDigest = _setup.Digest,
            SourceMark = _state.Validation?.Mark?.ToString() ?? "",
            FirstId = exists ? await table.NextIdAsync(token) : 1,
            Folder = _setup.HasFiles ? _setup.Table : null,
        };
        await (await JournalAsync(token)).BeginAsync(_state.Run, token);
        _state.IsOpen = true;
    }

    private async Task CreateTableAsync(CancellationToken token) =>
        await (await TableAsync(token)).CreateAsync(_setup.Specification.Shape, Key, token);

    private async Task LoadAsync(CancellationToken token)
    {
        var (specification, ownership) = (_setup.Specification, await OwnershipAsync(token));
        var (source, form) = await SourceAsync(token);
        var file = new SourceFile(source, specification.Source) { Expected = _state.Validation?.Mark };
        await using var reader = await RecordSource.OpenAsync(file, form, token);
        using var ids = new RowIds(Key, ownership.Salt);
        var dates = _state.Validation?.DateOrders ?? new Dictionary<string, DateOrder>();
        var encoder = new RowEncoder(
            specification, reader.Header, new RowSource(specification, reader.Header, dates), ids);
        using var progress = new ProgressLog(Stage("Loading", source), _setup.Logger, _setup.Time);
        var loader = new TableLoader(new LoadJob
        {
            Server = _server,
            Fence = ownership.Fence,
            Target = encoder.Target(Current.IngestorId),
            Choice = LoadChoice.Of(_server.Facts, _setup.Settings.Database.Load),
            FirstId = Current.FirstId,
            Retry = Retry,
            Time = _setup.Time,
            Logger = _setup.Logger,
            Progress = new Reported<LoadProgress>(at => progress.Report(at.Rows, at.BytesRead)),
        });
        var result = await loader.RunAsync(reader, encoder, token);
        if (result.Rows != _state.Rows)
            throw new IngestorException(
                IngestorExit.Failed,
                $"{specification.Source} had {_state.Rows:N0} rows when it was validated, and {result.Rows:N0} when it "
                + "was loaded; do not change it during a run");
    }

    private async Task FinishTableAsync(CancellationToken token)
    {
        var (table, lastId) = (await TableAsync(token), Current.FirstId + _state.Rows - 1);
        await table.AddUniqueAsync(token);
        var stored = await table.CountAsync(Current, lastId, token);
        if (stored != _state.Rows)
            throw new IngestorException(
                IngestorExit.Failed,
                $"Table {_setup.Table} has {stored:N0} of the {_state.Rows:N0} rows that were loaded; another program "
                + "changes it");
        await (await JournalAsync(token)).LoadedAsync(lastId, _state.Rows, token);
        _state.Run = Current with { LastId = lastId, Rows = _state.Rows };
    }

    private void ListFiles()
    {
        var data = _setup.Data();
        var files = _state.Manifest.Files()
            .Select(file => new PlacedFile(file.Path, file.Name, _setup.Layout.IsStaged(file.Path)));
        var hasTokenizer = _setup.Specification.Rules.Tokenizer is not null;
        var tokenizer = hasTokenizer && data.Tokenizer is { } path && File.Exists(path)
            ? [new PlacedFile(path, Path.GetFileName(path), _setup.Layout.IsStaged(path))]
            : Array.Empty<PlacedFile>();
        Files.List(files.Concat(tokenizer));
    }

    private async Task PlaceFilesAsync(CancellationToken token)
    {
        var (journal, start) = (await JournalAsync(token), _setup.Time.GetTimestamp());
        await journal.FilesAsync(RunPhase.Placing, token);
        using var progress = new ProgressLog(new("Placing", "files"), _setup.Logger, _setup.Time);
        FilePlacer? placer = null;
        await Files.PlaceAsync(started => placer = started, token);
        (_state.Files, _state.FilesElapsed) = (placer?.Files ?? 0, _setup.Time.GetElapsedTime(start));
        await journal.FilesAsync(RunPhase.Placed, token);
    }

    private static Stage Stage(string name, string source) => new(name, "rows", new FileInfo(source).Length);
}
