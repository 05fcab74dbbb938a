using System.Text;
using Tracebloc.Ingestion.Labels;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestor.Backend;
using Tracebloc.Ingestor.Staging;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Running;

/// <summary>Registers a loaded data set with the central backend, and ends its run.</summary>
internal sealed class RunRegistration(RunContext context, BackendClient? backend)
{
    private readonly RunSetup _setup = context.Setup;
    private readonly RunState _state = context.State;
    private IngestSummary? _summary;

    private bool IsTrain => _setup.Specification.Intent == Intent.Train;

    private string? Boundaries => IsTrain && _state.Bins is { } bins ? Bins.Write(bins) : null;

    private CentralReport Report => new(
        _setup.Specification, context.Current.IngestorId, _setup.Settings.Title, _state.Bins);

    public async Task ReportAsync(RunAction.Report step, CancellationToken token)
    {
        if (backend is null) return;
        var (table, journal, size) =
            (await context.TableAsync(token), await context.JournalAsync(token), _setup.Settings.BatchSize);
        var (report, leaving, last) = (Report, Leaving(), (string?)null);
        _state.Sent = (long)step.From * size;
        for (var batch = step.From; ; batch++)
        {
            var rows = await table.BatchAsync(context.Current, batch, size, last, token);
            if (rows.Count == 0) break;
            await journal.OpenBatchAsync(batch, token);
            await backend.SendBatchAsync(
                report.Batch([.. rows.Select(leaving)]), mayHaveArrived: batch < step.MayHaveArrived, token);
            await journal.BatchesAsync(batch + 1, token);
            _state.Sent += rows.Count;
            last = rows[^1].DataId;
        }

        // Batches that were sent before may end in a short one.
        _state.Sent = Math.Min(_state.Sent, _state.Rows);
        if (_state.Sent < _state.Rows) throw context.Changed(_state.Sent);
    }

    private Func<StoredRow, CentralRow> Leaving()
    {
        if (_setup.Specification.Label is not { } label || LabelColumn.TypeOf(_setup.Specification) is not { } type)
            return row => new CentralRow(row.DataId, default);
        var labels = new OutgoingLabels(label, type, _state.Bins);
        return row => new CentralRow(
            row.DataId, labels.Of(row.Label is null, Encoding.UTF8.GetBytes(row.Label ?? "")));
    }

    public async Task RegisterAsync(int from, CancellationToken token)
    {
        if (backend is null) return;
        var (journal, calls) = (await context.JournalAsync(token), Report.Registration);
        for (var call = from; call < calls.Count; call++)
        {
            await backend.RegisterAsync(calls[call], token);
            // The backend has the data set: a failure from here on is not undone, and the next attempt goes on.
            if (context.Current.Replaces && call == calls.Count - 1) _state.IsOpen = false;
            await journal.CallsAsync(call + 1, token);
        }
    }

    /// <summary>From here on the run is finished by whichever run comes next, should this attempt end.</summary>
    public async Task BeginSwapAsync(CancellationToken token)
    {
        _state.IsOpen = false;
        _summary = Summary();
        await (await context.JournalAsync(token)).SwappingAsync(_summary.Json(), IsTrain, Boundaries, token);
    }

    public async Task CloseAsync(CancellationToken token)
    {
        var summary = _summary ?? Summary();
        _state.Summary = summary.Json();
        if (!context.Current.Replaces)
            await (await context.JournalAsync(token)).RegisteredAsync(_state.Summary, Boundaries, token);
        _state.IsOpen = false;
        if (_setup.HasFiles) context.Files.Close();
        await RemoveStagedAsync(token);
        context.Out.Write($"{summary.Text()}{summary.Json()}\n");
    }

    // An earlier attempt was killed between its last transaction and its end.
    public async Task ReplayAsync(RunRecord run, CancellationToken token)
    {
        if (_setup.HasFiles) context.Files.Close();
        await RemoveStagedAsync(token);
        _state.Summary = run.Summary;
        var end = run.Summary is null || IngestSummary.IsRegisteredIn(run.Summary)
            ? "registered before"
            : "loaded before with CLIENT_ENV=local, which registers nothing";
        context.Out.Write($"Run {run.Key} was {end}; nothing was changed\n{run.Summary}\n");
    }

    // The files were moved; the rows, and what they do not name, are left of the upload.
    private Task RemoveStagedAsync(CancellationToken token) => new StagedRest(_setup.Layout, _setup.Logger, _setup.Time)
        .RemoveAsync(
            [
                _setup.Specification.Source,
                .. _setup.Specification.Rules.Folders
                    .Select(rule => _setup.Specification.Folders.Of(rule.Folder)).OfType<string>(),
            ],
            token);

    private IngestSummary Summary() => new()
    {
        IngestorId = context.Current.IngestorId,
        RunKey = context.Key,
        Table = _setup.Table,
        Category = _setup.Specification.Category,
        Intent = _setup.Intent,
        Found = _state.Processed?.Read ?? _state.Rows,
        Skipped = _state.Processed?.Dropped ?? 0,
        Inserted = _state.Rows,
        Sent = _state.Sent,
        IsRegistered = backend is not null,
        Files = _setup.HasFiles ? context.Files.Count : 0,
        FilesElapsed = _state.FilesElapsed,
        Bins = _state.Bins?.Bins,
        Elapsed = context.Elapsed,
        Remarks = _state.Remarks,
    };
}
