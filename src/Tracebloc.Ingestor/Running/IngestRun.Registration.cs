using System.Text;
using Tracebloc.Ingestion.Labels;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Running;

internal sealed partial class IngestRun
{
    private CentralReport Report => new(
        _setup.Specification, Current.IngestorId, _setup.Settings.Title, _state.Bins);

    private async Task ResumeAsync(RunRecord run, CancellationToken token)
    {
        (_state.Run, _state.Rows, _state.IsOpen) = (run, run.Rows ?? 0, true);
        var isCut = _setup.Specification.Label is { Policy: LabelPolicy.Bucket };
        // The files may have been moved already; the bins need the rows alone.
        if (isCut && _setup.Specification.Intent == Intent.Train)
            await ValidateAsync(input => input, token);
        else if (isCut)
            _state.Bins = await Bins.OfAsync(_setup, _session, result: null, token);
    }

    private async Task ReportAsync(RunAction.Report step, CancellationToken token)
    {
        if (_backend is null) return;
        var (table, journal, size) =
            (await TableAsync(token), await JournalAsync(token), _setup.Settings.BatchSize);
        string? last = null;
        _state.Sent = (long)step.From * size;
        for (var batch = step.From; ; batch++)
        {
            var rows = await table.BatchAsync(Current, batch, size, last, token);
            if (rows.Count == 0) break;
            await journal.OpenBatchAsync(batch, token);
            await _backend.SendBatchAsync(
                Report.Batch([.. rows.Select(Leaving)]), mayHaveArrived: batch < step.MayHaveArrived, token);
            await journal.BatchesAsync(batch + 1, token);
            _state.Sent += rows.Count;
            last = rows[^1].DataId;
        }

        // Batches that were sent before may end in a short one.
        _state.Sent = Math.Min(_state.Sent, _state.Rows);
    }

    private CentralRow Leaving(StoredRow row)
    {
        if (_setup.Specification.Label is not { } label || LabelColumn.TypeOf(_setup.Specification) is not { } type)
            return new CentralRow(row.DataId, default);
        var labels = new OutgoingLabels(label, type, _state.Bins);
        return new CentralRow(row.DataId, labels.Of(row.Label is null, Encoding.UTF8.GetBytes(row.Label ?? "")));
    }

    private async Task RegisterAsync(int from, CancellationToken token)
    {
        if (_backend is null) return;
        var (journal, calls) = (await JournalAsync(token), Report.Registration);
        for (var call = from; call < calls.Count; call++)
        {
            await _backend.RegisterAsync(calls[call], token);
            await journal.CallsAsync(call + 1, token);
        }
    }

    private async Task CloseAsync(CancellationToken token)
    {
        var summary = Summary();
        var isTrain = _setup.Specification.Intent == Intent.Train;
        await (await JournalAsync(token)).RegisteredAsync(
            summary.Json(), isTrain && _state.Bins is { } bins ? Bins.Write(bins) : null, token);
        _state.IsOpen = false;
        CleanUp();
        _out.Write($"{summary.Text(colours: false)}{summary.Json()}\n");
    }

    // An earlier attempt was killed between its last transaction and its end.
    private void Replay(RunRecord run)
    {
        CleanUp();
        _out.Write($"Run {run.Key} was registered before; nothing was changed\n{run.Summary}\n");
    }

    private void CleanUp()
    {
        if (_setup.HasFiles) Files.Close();
        File.Delete(Path.Combine(_setup.Scratch, $"{_setup.Layout.FolderPrefix}rows.json"));
        if (Directory.Exists(_setup.Layout.Scratch)) Directory.Delete(_setup.Layout.Scratch, recursive: true);
    }

    private IngestSummary Summary() => new()
    {
        IngestorId = Current.IngestorId,
        RunKey = Key,
        Table = _setup.Table,
        Category = _setup.Specification.Category,
        Intent = _setup.Intent,
        Found = _state.Processed?.Read ?? _state.Rows,
        Skipped = _state.Processed?.Dropped ?? 0,
        Inserted = _state.Rows,
        Sent = _state.Sent,
        IsRegistered = _backend is not null,
        Files = _state.Files,
        FilesElapsed = _state.FilesElapsed,
        Bins = _state.Bins?.Bins,
        Elapsed = _setup.Time.GetElapsedTime(_start),
        Remarks = [.. (_state.Validation?.Nulls ?? []).Where(column => column.Total > 0).Select(column => $"{column}")],
    };
}
