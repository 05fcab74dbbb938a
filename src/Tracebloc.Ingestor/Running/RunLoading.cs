using Microsoft.Extensions.Logging;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestor.Loading;
using Tracebloc.Ingestor.Progress;
using Tracebloc.Ingestor.Sharding;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Running;

/// <summary>Opens the journal, creates the table, and fills it.</summary>
internal sealed partial class RunLoading(RunContext context, RunValidation validation)
{
    private readonly RunSetup _setup = context.Setup;
    private readonly RunState _state = context.State;

    public async Task CheckTableAsync(CancellationToken token)
    {
        if (await TableFacts.ReadAsync(context.Session, _setup.Table, token) is not { } there) return;
        var shape = _setup.Specification.Shape;
        if (TablePlan.Difference(_setup.Table, shape, there) is { } difference)
            throw new IngestorException(IngestorExit.Failed, difference) { IsFinal = true };
        IReadOnlyList<string> remarks = [.. TablePlan.Remarks(_setup.Table, shape, there)];
        foreach (var remark in remarks) LogRemark(_setup.Logger, remark);
        _state.Remarks = [.. remarks, .. _state.Remarks];
    }

    public async Task BeginAsync(RunObservation seen, bool replaces, CancellationToken token)
    {
        _state.IsUndone = false;
        await RunJournal.PrepareAsync(context.Session, _setup.Settings.Database.Name, token);
        var table = await context.TableAsync(token);
        var adds = !replaces && await TableFacts.ReadAsync(context.Session, _setup.Table, token) is not null;
        _state.Run = new RunRecord
        {
            Key = context.Key,
            Table = _setup.Table,
            Intent = _setup.Intent,
            IngestorId = _setup.IngestorId ?? seen.Own?.IngestorId ?? Guid.NewGuid().ToString(),
            SpecDigest = _setup.Digest,
            SourceMark = _state.Validation?.Mark?.ToString() ?? "",
            Replaces = replaces,
            FirstId = adds ? await table.NextIdAsync(token) : 1,
            Folder = _setup.HasFiles ? _setup.Table : null,
        };
        await (await context.JournalAsync(token)).BeginAsync(_state.Run, token);
        _state.IsOpen = true;
    }

    public async Task CreateTableAsync(CancellationToken token)
    {
        var shape = _setup.Specification.Shape;
        if (context.Current.Replaces)
            await new TableReplacement(context.Session, await context.OwnershipAsync(token), context.Current)
                .CreateAsync(shape, token);
        else
            await (await context.TableAsync(token)).CreateAsync(shape, context.Key, token);
    }

    public async Task LoadAsync(CancellationToken token)
    {
        var dates = _state.Validation?.DateOrders ?? new Dictionary<string, DateOrder>();
        if (_setup.Shards is { } shards && _state.Validation?.Mark is { } mark)
        {
            await new SharedLoad(context, shards).LoadAsync(new PartSource(mark, dates), token);
            return;
        }

        var ownership = await context.OwnershipAsync(token);
        await using var reader = await validation.Rows.OpenAsync(_state.Validation?.Mark, token);
        using var progress = validation.Progress("Loading");
        var load = new RowLoad
        {
            Run = context.Current,
            Fence = ownership.Fence,
            Salt = ownership.Salt,
            Dates = dates,
            FirstId = context.Current.FirstId,
            Progress = new Reported<LoadProgress>(at => progress.Report(at.Rows, at.BytesRead)),
        };
        var result = await new RowLoading(_setup, context.Server).LoadAsync(reader, load, token);
        if (result.Rows != _state.Rows) throw _setup.OtherRows(_state.Rows, result.Rows);
    }

    public async Task FinishTableAsync(CancellationToken token)
    {
        var run = context.Current;
        var (table, lastId) = (await context.TableAsync(token), run.FirstId + _state.Rows - 1);
        var index = await table.AddUniqueAsync(token);
        var stored = await table.CountAsync(run, lastId, index, token);
        if (stored != _state.Rows)
            throw context.Changed(stored);
        await (await context.JournalAsync(token)).LoadedAsync(lastId, _state.Rows, _state.Remarks, token);
        _state.Run = run with { LastId = lastId, Rows = _state.Rows };
    }

    [LoggerMessage(643, LogLevel.Warning, "{Remark}")]
    private static partial void LogRemark(ILogger logger, string remark);
}
