using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Hosting;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Schema;
using Tracebloc.MetadataSync.Store;
using Tracebloc.Net;

namespace Tracebloc.MetadataSync.Syncing;

/// <summary>Mirrors all kinds while this program leads. A kind that fails begins anew, and no other notices.</summary>
internal sealed partial class Mirror
{
    private static readonly TimeSpan SchemaPause = TimeSpan.FromSeconds(30);

    private readonly MirrorSetup _setup;
    private readonly StoreDatabase _database;
    private readonly KindSlot[] _slots;
    private readonly QueueRoom _room;

    public Mirror(MirrorSetup setup)
    {
        _setup = setup;
        var retry = new DatabaseRetry(setup.Time, Random.Shared.NextDouble, setup.Logger);
        _database = new StoreDatabase(setup.Pool, retry, setup.Time);
        _slots = [.. setup.Settings.Kinds.All.Select(kind => new KindSlot(kind))];
        _room = new QueueRoom(setup.MostBytes, _slots.Length);
    }

    /// <summary>The numbers of each kind, over all terms.</summary>
    public IReadOnlyList<KindNumbers> Numbers => [.. _slots.Select(slot => slot.Numbers)];

    /// <summary>The state of each kind.</summary>
    public IReadOnlyList<(Kind Kind, KindState State)> States => [.. _slots.Select(slot => (slot.Kind, slot.State))];

    /// <summary>Mirrors until it is cancelled, or another leader has a newer term.</summary>
    public async Task RunAsync(CancellationToken token)
    {
        var term = await BeginAsync(token);
        LogLeading(_setup.Logger, term.Number);
        await SettleAsync(token);
        try
        {
            await Together.RunAsync(
                [
                    .. _slots.Select<KindSlot, Func<CancellationToken, Task>>(
                        slot => current => MirrorAsync(slot, term, current)),
                    .. _setup.Beside is { } beside
                        ? (Func<CancellationToken, Task>[])[current => beside(term, current)] : [],
                ],
                token);
        }
        catch (FenceException lost)
        {
            LogLost(_setup.Logger, lost.Message);
        }
        finally
        {
            foreach (var slot in _slots) slot.Mirror = null;
        }
    }

    private async Task<Term> BeginAsync(CancellationToken token)
    {
        var outage = new Outage("The begin of the term", _setup.Logger);
        while (true)
            try
            {
                return await new Leadership(_database).TakeAsync(_setup.Identity, token);
            }
            catch (DatabaseException away)
            {
                await Task.Delay(outage.Failed(away), _setup.Time, token);
            }
    }

    // A replica of an earlier version may have written rows until now, without the columns that a migration has added.
    private async Task SettleAsync(CancellationToken token)
    {
        var retry = new DatabaseRetry(_setup.Time, Random.Shared.NextDouble, _setup.Logger);
        try
        {
            await _setup.Pool.UseAsync(
                session => new ColumnFilling(session, retry).SettleAsync(_setup.Settings.Kinds, token), token);
        }
        catch (DatabaseException away)
        {
            LogNotSettled(_setup.Logger, away.Message);
        }
    }

    private async Task MirrorAsync(KindSlot slot, Term term, CancellationToken token)
    {
        var outage = new Outage($"{slot.Kind.Name}", _setup.Logger);
        while (true)
            try
            {
                var mirror = new KindMirror(await PrepareAsync(slot, term, token));
                slot.Mirror = mirror;
                await mirror.RunAsync(token);
            }
            catch (Exception failed) when (failed is not (FenceException or OperationCanceledException))
            {
                slot.Mirror = null;
                if (failed is not DatabaseException) LogFailed(_setup.Logger, slot.Kind.Name, failed);
                slot.Numbers.AddErrors(1);
                await Task.Delay(outage.Failed(failed), _setup.Time, token);
            }
    }

    private async Task<KindParts> PrepareAsync(KindSlot slot, Term term, CancellationToken token)
    {
        var schema = await CheckAsync(slot.Kind, token);
        var store = await KindStore.OpenAsync(_database, schema, term, token);
        return new KindParts
        {
            Client = _setup.Client,
            Store = store,
            Known = _setup.Settings.CachesVersions ? new KnownVersions(await store.Finder.LiveAsync(token)) : null,
            Settings = _setup.Settings.Reconciling,
            Changes = new ChangeQueue(_room, slot.Kind.Name),
            Chores = new ChoreQueue(_setup.Time),
            Numbers = slot.Numbers,
            Time = _setup.Time,
            Logger = _setup.Logger,
            Refused = refusal => _setup.Refused(slot.Kind, refusal),
        };
    }

    private async Task<KindSchema> CheckAsync(Kind kind, CancellationToken token)
    {
        var last = "";
        while (true)
        {
            var check = await _setup.Pool.UseAsync(
                session => SchemaCheck.ReadAsync(session, KindSet.Of([kind]), token), token);
            var differences = string.Join("; ", check.Differences);
            if (differences.Length > 0 && differences != last) LogDifferent(_setup.Logger, kind.Name, differences);
            last = differences;
            if (check is { Missing.Count: 0, Kinds: [{ IsWritable: true } schema] }) return schema;
            await Task.Delay(SchemaPause, _setup.Time, token);
        }
    }

    [LoggerMessage(831, LogLevel.Information, "Leading since term {Term}")]
    private static partial void LogLeading(ILogger logger, long term);

    [LoggerMessage(832, LogLevel.Warning, "Leading no more: {Cause}")]
    private static partial void LogLost(ILogger logger, string cause);

    [LoggerMessage(833, LogLevel.Error, "{Kind} failed unexpectedly, and begins anew")]
    private static partial void LogFailed(ILogger logger, string kind, Exception failed);

    [LoggerMessage(834, LogLevel.Warning, "The tables of {Kind} are not as they are needed: {Differences}")]
    private static partial void LogDifferent(ILogger logger, string kind, string differences);

    [LoggerMessage(835, LogLevel.Warning, "New columns may lack values until the next start: {Cause}")]
    private static partial void LogNotSettled(ILogger logger, string cause);

    /// <summary>A kind over all terms.</summary>
    private sealed class KindSlot(Kind kind)
    {
        private volatile KindMirror? _mirror;

        public Kind Kind => kind;

        public KindNumbers Numbers { get; } = new(kind.Name);

        public KindMirror? Mirror
        {
            set => _mirror = value;
        }

        public KindState State => _mirror?.State ?? KindState.Starting;
    }
}
