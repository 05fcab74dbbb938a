using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;
using Tracebloc.Database;
using Tracebloc.Database.Tests;
using Tracebloc.Hosting;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestor.Running;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Ingestor.Sharding;
using Tracebloc.Ingestor.Tables;
using Tracebloc.Ingestor.Tests.Loading;
using Tracebloc.Ingestor.Volume;
using Tracebloc.Testing;

namespace Tracebloc.Ingestor.Tests.Sharding;

/// <summary>A server that holds the journal of a shared load, as far as its pods ask for it.</summary>
internal sealed class FakePods : IAsyncDisposable
{
    private const string Text = "price,rooms\n1,2\n3,4\n5,6\n";

    private static readonly SourceRange Whole = new(12, 24, 2);

    private readonly DirectoryInfo _volume = Directory.CreateTempSubdirectory("pods-");

    public FakePods()
    {
        File.WriteAllText(Path.Combine(_volume.FullName, "houses.csv"), Text);
        Server = FakeMySqlServer.Start(Answer);
    }

    public FakeMySqlServer Server { get; }

    public string Source => Path.Combine(_volume.FullName, "houses.csv");

    public RecordingLogger Logger { get; } = new();

    public ManualTimeProvider Time { get; } = new();

    /// <summary>The phase of the run; null: the journal has none.</summary>
    public string? Phase { get; set; } = "loading";

    /// <summary>The states of the parts, each of which is the whole file.</summary>
    public List<string> States { get; } = ["open"];

    /// <summary>The states of the slices, each of which is the whole file; none before pod 0 has planned any.</summary>
    public List<string> Slices { get; } = [];

    /// <summary>The specification that pod 0 validates.</summary>
    public string SliceDigest { get; set; } = "digest";

    public string? Error { get; set; }

    /// <summary>False where another pod holds the lock of every part.</summary>
    public bool IsFree { get; set; } = true;

    /// <summary>True while the server has not ended the transaction of the pod that had the part.</summary>
    public bool IsHeld { get; set; }

    /// <summary>The changes of slices that lose a deadlock yet.</summary>
    public int Deadlocks { get; set; }

    /// <summary>True where no slice can be removed.</summary>
    public bool IsReadOnly { get; set; }

    /// <summary>False where no pod 0 has made the table of parts.</summary>
    public bool HasParts { get; set; } = true;

    /// <summary>True while a run holds the table's lock.</summary>
    public bool HasLeader { get; set; } = true;

    /// <summary>True once a pod's part was taken over.</summary>
    public bool IsTaken { get; set; }

    /// <summary>The rows that the server stores of a chunk.</summary>
    public int Stored { get; set; } = 3;

    /// <summary>Runs at each check that the pod's part is still its own.</summary>
    public Action Checked { get; set; } = () => { };

    /// <summary>Runs after a part's state was written.</summary>
    public Action Written { get; set; } = () => { };

    public RunSetup Setup(int? index, string digest = "digest") => new()
    {
        Settings = new IngestorSettings
        {
            Specification = "ingest.yaml",
            Database = new DatabaseSettings
            {
                Host = "localhost",
                Port = Server.Port,
                User = "run-7",
                Password = new Secret("a password"),
                Name = "datasets",
                Wait = TimeSpan.FromMinutes(1),
            },
            Storage = _volume.FullName,
            RunKey = "own",
            BatchSize = 10,
            LogLevel = LogLevel.Information,
            Shards = new ShardSettings(2, index),
        },
        Specification = LoadingScene.Houses with
        {
            Source = Path.Combine(_volume.FullName, "houses.csv"),
            Schema = [new("rooms", new(SqlBase.Int)), new("price", new(SqlBase.Double))],
        },
        Digest = digest,
        Layout = VolumeLayout.Of(_volume.FullName, "houses", "own"),
        Variable = _ => null,
        Logger = Logger,
        Time = Time,
    };

    public Task<DatabaseServer> ConnectAsync(CancellationToken token) => DatabaseServer.WaitAsync(
        DatabaseScene.OptionsFor(Server), TimeSpan.FromSeconds(30), Time, null, token);

    /// <summary>Runs a pod that is not pod 0 to its end.</summary>
    public async Task FollowAsync(RunSetup setup, CancellationToken token) => await new FollowingPod(
        setup, setup.Shards ?? new ShardSettings(2, 1), await ConnectAsync(token)).RunAsync(token);

    /// <summary>The load of pod 0, of a run whose journal is open.</summary>
    public async Task LeadAsync(CancellationToken token)
    {
        var (setup, server) = (Setup(0), await ConnectAsync(token));
        await using var session = await server.OpenAsync(SessionUse.Control, token);
        var context = new RunContext(setup, new ResultWriter(() => new MemoryStream()), server, session);
        context.State.Run = SomeRun.Record;
        context.State.Parts = [.. States.Select((_, number) => new RowPart(number, 0, 3, Whole))];
        await new SharedLoad(context, new ShardSettings(2, 0)).LoadAsync(await SourceAsync(token), token);
    }

    /// <summary>The validation of pod 0, whose slices another attempt has replaced.</summary>
    public async Task ValidateAsync(CancellationToken token)
    {
        var (setup, server) = (Setup(0), await ConnectAsync(token));
        await using var session = await server.OpenAsync(SessionUse.Control, token);
        var context = new RunContext(setup, new ResultWriter(() => new MemoryStream()), server, session);
        var rows = new SourceRows(setup.Specification, setup.Data(), null, context.Scratch.ProcessedRows);
        await new SharedValidation(context, new ShardSettings(2, 0), rows).RunAsync(token);
    }

    /// <summary>Goes on with a run that an earlier attempt has loaded.</summary>
    public async Task<RunState> ResumeAsync(RunRecord run, CancellationToken token)
    {
        var server = await ConnectAsync(token);
        await using var session = await server.OpenAsync(SessionUse.Control, token);
        var context = new RunContext(Setup(0), new ResultWriter(() => new MemoryStream()), server, session);
        await new RunValidation(context).ResumeAsync(run, token);
        return context.State;
    }

    /// <summary>Takes the run back at once, as pod 0 does with one that has failed.</summary>
    public async Task TakeBackAsync(CancellationToken token)
    {
        var server = await ConnectAsync(token);
        await using var session = await server.OpenAsync(SessionUse.Control, token);
        var context = new RunContext(Setup(0), new ResultWriter(() => new MemoryStream()), server, session);
        context.State.Run = SomeRun.Record;
        await new RunUndo(context).TakeBackAsync(new IOException("no space"), token);
    }

    /// <summary>Moves the clock whenever the pod waits for the next look, until it ends.</summary>
    public async Task PassAsync(Task pod, CancellationToken token)
    {
        var look = new IngestorDeadlines().Look;
        while (!pod.IsCompleted)
        {
            var waiting = Time.WaitForTimerAsync(due => due == look, token);
            if (await Task.WhenAny(pod, waiting) == pod) break;
            Time.Advance(TimeSpan.FromMinutes(10));
        }

        await pod;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _volume.Delete(recursive: true);
    }

    private async Task<PartSource> SourceAsync(CancellationToken token)
    {
        var setup = Setup(0);
        var file = new SourceFile(setup.Specification.Source, "houses.csv");
        await using var reader = await RecordSource.OpenAsync(file, setup.Specification, token);
        while (await reader.ReadAsync(token) is { } batch) batch.Dispose();
        return new PartSource(reader.Mark ?? SourceMark.Of(0, []), new Dictionary<string, DateOrder>());
    }

    private FakeSqlReply? Answer(string text) =>
        IsChangeOfSlices(text) && Deadlocks-- > 0
            ? new FakeSqlReply.Error(1213, "Deadlock found when trying to get lock; try restarting transaction")
        : IsReadOnly && text.StartsWith("DELETE FROM tracebloc_ingest_v1_slices", StringComparison.Ordinal)
            && text.Contains("owner", StringComparison.Ordinal)
            ? new FakeSqlReply.Error(1290, "The server is running with the --read-only option")
        : text.StartsWith("SELECT t.owner, t.salt", StringComparison.Ordinal) ? Parts()
        : text.StartsWith("SELECT t.owner = ", StringComparison.Ordinal) ? Check()
        : text.StartsWith("SELECT owner = ", StringComparison.Ordinal) ? FakeSqlReply.Row("1")
        : text.StartsWith("SELECT salt", StringComparison.Ordinal) ? FakeSqlReply.Row([null])
        : text.StartsWith("SELECT table_name, salt", StringComparison.Ordinal)
            ? FakeSqlReply.Row("houses", null, "former", null)
        : text.StartsWith("DROP", StringComparison.Ordinal) ? new FakeSqlReply.Ok()
        : text.StartsWith("SELECT source", StringComparison.Ordinal) ? FakeSqlReply.Row(
            SourceAsync(CancellationToken.None).GetAwaiter().GetResult().Write())
        : text.StartsWith("SELECT run_key", StringComparison.Ordinal) ? Run()
        : text.StartsWith("SELECT slice,", StringComparison.Ordinal) ? SliceRows()
        : text.StartsWith("SELECT COUNT(*) FROM tracebloc_ingest_v1_slices", StringComparison.Ordinal)
            ? FakeSqlReply.Row("1")
        : text.Contains("table_name IN", StringComparison.Ordinal) ? FakeSqlReply.Row("2")
        : text.StartsWith("SELECT COUNT(*) FROM information_schema", StringComparison.Ordinal)
            ? FakeSqlReply.Row(HasParts ? "1" : "0")
        : text.StartsWith("SELECT IFNULL(engine", StringComparison.Ordinal) ? FakeSqlReply.Nothing("engine")
        : text.StartsWith("SELECT IS_USED_LOCK", StringComparison.Ordinal) ? FakeSqlReply.Row(HasLeader ? "1" : "0")
        : text.StartsWith("SELECT IS_FREE_LOCK", StringComparison.Ordinal) ? FakeSqlReply.Row(IsFree ? "1" : "0")
        : text.Contains("_LOCK(", StringComparison.Ordinal) ? FakeSqlReply.Row("1")
        : text.StartsWith("SELECT version", StringComparison.Ordinal) ? FakeSqlReply.Nothing("a", "b", "c")
        : text.StartsWith("SELECT DATABASE", StringComparison.Ordinal) ? FakeSqlReply.Row("datasets")
        : text.StartsWith("LOAD", StringComparison.Ordinal)
            ? new FakeSqlReply.AskForFile(null, _ => new FakeSqlReply.Ok(Stored))
        : text == "SHOW COUNT(*) WARNINGS" ? FakeSqlReply.Row("0")
        : text.StartsWith("DELETE", StringComparison.Ordinal) ? new FakeSqlReply.Ok()
        : text.StartsWith("UPDATE", StringComparison.Ordinal) ? Update(text)
        : text.StartsWith("CREATE", StringComparison.Ordinal) || text.StartsWith("INSERT", StringComparison.Ordinal)
            ? new FakeSqlReply.Ok(1)
        : null;

    private static bool IsChangeOfSlices(string text) =>
        text.StartsWith("UPDATE tracebloc_ingest_v1_slices", StringComparison.Ordinal)
        || text.StartsWith("INSERT INTO tracebloc_ingest_v1_slice", StringComparison.Ordinal);

    private FakeSqlReply Check()
    {
        Checked();
        return FakeSqlReply.Row(IsTaken ? "0" : "1");
    }

    private FakeSqlReply Update(string text)
    {
        if (IsHeld && text.Contains("SET loader", StringComparison.Ordinal))
            return new FakeSqlReply.Error(1205, "Lock wait timeout exceeded; try restarting transaction");
        if (text.StartsWith("UPDATE tracebloc_ingest_v1_slices", StringComparison.Ordinal))
        {
            var isDone = text.Contains("state = 'done'", StringComparison.Ordinal);
            (Slices[0], Error) = isDone ? ("done", null) : ("failed", text);
            Written();
            return new FakeSqlReply.Ok(1);
        }

        foreach (var state in new[] { "loaded", "failed" })
        {
            if (!text.Contains($"state = '{state}'", StringComparison.Ordinal)) continue;
            (States[0], Error) = (state, state == "failed" ? text : null);
            Written();
        }

        return new FakeSqlReply.Ok(1);
    }

    private FakeSqlReply Parts() => new FakeSqlReply.Rows(
        [.. Enumerable.Range(0, 10).Select(column => $"c{column}")],
        [
            .. States.Select((state, part) =>
                new[] { null, null, $"{part}", "0", "3", "12", "24", "2", state, Error }),
        ]);

    private FakeSqlReply SliceRows() => new FakeSqlReply.Rows(
        [.. Enumerable.Range(0, 13).Select(column => $"c{column}")],
        [
            .. Slices.Select((state, slice) => new[]
            {
                $"{slice}", "0", "9223372036854775807", "1", state, state == "done" ? "0" : null, "24", "4", "1", null,
                Error, null, SliceDigest,
            }),
        ]);

    private FakeSqlReply Run() => Phase is null ? FakeSqlReply.Nothing() : FakeSqlReply.Row(
        "own", "houses", "train", "id", "digest", "mark", Phase, "1", null, null, "0", "0", null, "0", null,
        "2026-01-01 00:00:00", null, null);
}
