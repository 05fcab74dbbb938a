using Tracebloc.Database;

namespace Tracebloc.Ingestor.Tables;

/// <summary>Writes the progress of one run, in transactions that begin with the ownership's check.</summary>
/// <param name="session">A session of the run's own.</param>
/// <param name="ownership">The right to the run's table.</param>
/// <param name="key">The run's key.</param>
/// <param name="replaces">True for a run that replaces a data set.</param>
internal sealed class RunJournal(
    DatabaseSession session, TableOwnership ownership, string key, bool replaces = false)
{
    private const int LongestError = 2_000;

    /// <summary>Creates the database and the journal's tables where they are missing.</summary>
    public static async Task PrepareAsync(DatabaseSession session, string database, CancellationToken token)
    {
        await session.CreateDatabaseAsync(database, token);
        await Migrations.ApplyAsync(session, JournalSchema.Prefix, JournalSchema.Migrations, token);
    }

    /// <summary>
    /// Opens the journal of a run: phase <see cref="RunPhase.Loading"/>. An earlier attempt's batches stay counted as
    /// arrived, since the backend may have them.
    /// </summary>
    public Task BeginAsync(RunRecord run, CancellationToken token) => ownership.ChangeAsync(
        session,
        async current =>
        {
            var found = await session.ExecuteAsync(
                new SqlStatement(
                    $"UPDATE {JournalSchema.Runs} SET intent = ?, ingestor_id = ?, spec_digest = ?, source_mark = ?, "
                    + "phase = ?, first_id = ?, last_id = NULL, row_count = NULL, folder = ?, "
                    + "arrived = GREATEST(arrived, batches, COALESCE(open_batch + 1, 0)), batches = 0, "
                    + "open_batch = NULL, calls = 0, error = NULL, updated_at = UTC_TIMESTAMP(6) "
                    + "WHERE run_key = ? AND table_name = ?",
                    run.Intent, run.IngestorId, run.SpecDigest, run.SourceMark, Word(RunPhase.Loading), run.FirstId,
                    run.Folder, key, run.Table),
                current);
            if (found > 0) return;
            await session.ExecuteAsync(
                new SqlStatement(
                    $"INSERT INTO {JournalSchema.Runs} (run_key, table_name, intent, ingestor_id, spec_digest, "
                    + "source_mark, phase, first_id, folder, started_at, updated_at) "
                    + "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))",
                    key, run.Table, run.Intent, run.IngestorId, run.SpecDigest, run.SourceMark,
                    Word(RunPhase.Loading), run.FirstId, run.Folder),
                current);
        },
        token);

    /// <summary>Phase <see cref="RunPhase.Loaded"/>.</summary>
    /// <param name="lastId">The id of the last row.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="remarks">The remarks for the summary of a later attempt.</param>
    /// <param name="token">Ends the attempt.</param>
    public Task LoadedAsync(long lastId, long rows, IEnumerable<string> remarks, CancellationToken token) => SetAsync(
        "phase = ?, last_id = ?, row_count = ?, summary = ?",
        token, Word(RunPhase.Loaded), lastId, rows, JournalText.Write(remarks));

    /// <summary>Phase <see cref="RunPhase.Placing"/> or <see cref="RunPhase.Placed"/>.</summary>
    public Task FilesAsync(RunPhase phase, CancellationToken token) =>
        SetAsync("phase = ?", token, Word(phase));

    /// <summary>A batch is about to be sent.</summary>
    /// <param name="batch">Counted from 0.</param>
    /// <param name="token">Ends the attempt.</param>
    public Task OpenBatchAsync(int batch, CancellationToken token) => SetAsync("open_batch = ?", token, batch);

    /// <summary>The backend has accepted so many batches.</summary>
    public Task BatchesAsync(int count, CancellationToken token) =>
        SetAsync("batches = ?, open_batch = NULL", token, count);

    /// <summary>So many of the calls after the batches have succeeded.</summary>
    public Task CallsAsync(int count, CancellationToken token) => SetAsync("calls = ?", token, count);

    /// <summary>
    /// Phase <see cref="RunPhase.Registered"/>, with the boundaries of a train run; the table has no owner afterwards.
    /// </summary>
    /// <param name="summary">As JSON.</param>
    /// <param name="boundaries">As JSON; null keeps those that the table has.</param>
    /// <param name="token">Ends the attempt.</param>
    public Task RegisteredAsync(string summary, string? boundaries, CancellationToken token) => ownership.ChangeAsync(
        session,
        async current =>
        {
            await session.ExecuteAsync(Update("phase = 'registered', summary = ?", summary), current);
            await session.ExecuteAsync(
                new SqlStatement(
                    $"UPDATE {JournalSchema.Tables} SET owner = NULL, owner_run = NULL, "
                    + "boundaries_run = IF(? IS NULL, boundaries_run, ?), boundaries = COALESCE(?, boundaries) "
                    + "WHERE table_name = ?",
                    boundaries, key, boundaries, ownership.Table),
                current);
        },
        token);

    /// <summary>
    /// Phase <see cref="RunPhase.Loading"/> again, before rows and files go: a run that is partly undone never goes on.
    /// </summary>
    public Task UndoingAsync(CancellationToken token) => SetAsync("phase = ?", token, Word(RunPhase.Loading));

    /// <summary>
    /// Phase <see cref="RunPhase.Swapping"/>, with all that another run needs to finish this one: the boundaries are
    /// those of the table from now on.
    /// </summary>
    /// <param name="summary">As JSON.</param>
    /// <param name="isTrain">True: the boundaries of the former data set go, whether this one has some or not.</param>
    /// <param name="boundaries">As JSON; null for none.</param>
    /// <param name="token">Ends the attempt.</param>
    public Task SwappingAsync(string summary, bool isTrain, string? boundaries, CancellationToken token) =>
        ownership.ChangeAsync(
            session,
            async current =>
            {
                await session.ExecuteAsync(
                    Update("phase = ?, summary = ?", Word(RunPhase.Swapping), summary), current);
                if (isTrain)
                    await session.ExecuteAsync(
                        new SqlStatement(
                            $"UPDATE {JournalSchema.Tables} SET boundaries_run = ?, boundaries = ? "
                            + "WHERE table_name = ?",
                            key, boundaries, ownership.Table),
                        current);
            },
            token);

    /// <summary>
    /// Phase <see cref="RunPhase.Registered"/> of the run whose table has taken its place, and phase
    /// <see cref="RunPhase.Replaced"/> of those before it; the table has no owner afterwards.
    /// </summary>
    /// <param name="salt">The salt of its rows, which is the table's from now on.</param>
    /// <param name="token">Ends the attempt.</param>
    public Task SwappedAsync(byte[] salt, CancellationToken token) => ownership.ChangeAsync(
        session,
        async current =>
        {
            // The time of the last change of those stays that of their end.
            await session.ExecuteAsync(
                new SqlStatement(
                    $"UPDATE {JournalSchema.Runs} SET phase = ? "
                    + "WHERE table_name = ? AND run_key <> ? AND phase = 'registered'",
                    Word(RunPhase.Replaced), ownership.Table, key),
                current);
            await session.ExecuteAsync(Update("phase = 'registered'"), current);
            await session.ExecuteAsync(
                new SqlStatement(
                    $"UPDATE {JournalSchema.Tables} SET owner = NULL, owner_run = NULL, created_by = ?, salt = ? "
                    + "WHERE table_name = ?",
                    key, salt, ownership.Table),
                current);
        },
        token);

    /// <summary>Phase <see cref="RunPhase.Failed"/>: everything of the run has been undone.</summary>
    public Task FailedAsync(string error, CancellationToken token) =>
        SetAsync("phase = 'failed', error = ?", token, Tracebloc.Net.Line.Of(error, LongestError));

    private Task SetAsync(string columns, CancellationToken token, params IReadOnlyList<object?> values) =>
        ownership.ChangeAsync(session, current => session.ExecuteAsync(Update(columns, values), current), token);

    private string Word(RunPhase phase) => PhaseWord.Of(phase, replaces);

    private SqlStatement Update(string columns, params IReadOnlyList<object?> values) => new(
        $"UPDATE {JournalSchema.Runs} SET {columns}, updated_at = UTC_TIMESTAMP(6) WHERE run_key = ?",
        [.. values, key]);
}
