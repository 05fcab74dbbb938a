using Tracebloc.Database;

namespace Tracebloc.JobsManager.Runs;

/// <summary>Runs as rows of the run table.</summary>
internal static class RunRow
{
    /// <summary>All columns, in the order of <see cref="Values"/>.</summary>
    public const string Columns = $"{Before}, specification, {After}";

    /// <summary>The same and the deletion, in the order of <see cref="Read"/>.</summary>
    public const string ColumnsOfOne = $"{Columns}, {DeletedAt}";

    /// <summary>The same without the text of the specification, which may be long.</summary>
    public const string ColumnsOfLists = $"{Before}, '', {After}, {DeletedAt}";

    // A later run of the table is another data set.
    private const string DeletedAt =
        $"(SELECT MIN(gone.ended_at) FROM {RunSchema.Deletions} gone "
        + $"WHERE gone.table_name = {RunSchema.Table}.table_name "
        + $"AND gone.requested_at >= {RunSchema.Table}.accepted_at AND gone.state = 'done')";

    private const string Before = "run_key, table_name, intent, category";

    private const string After =
        "content_digest, image_digest, parallelism, caller, namespace, image, accepted_at, state, undo_state, "
        + "revision, job_uid, started_at, ended_at, summary, error, overwrite";

    public static IngestionRun Read(SqlRow row) => new()
    {
        Request = new RunRequest
        {
            Key = RunKey.TryParse(row.Text(0), out var key) ? key : throw Unreadable("run_key", row.Text(0)),
            Table = row.Text(1),
            Intent = row.Text(2),
            Category = row.Text(3),
            Specification = row.Text(4),
            ContentDigest = row.Text(5),
            ImageDigest = row.TextOrNull(6),
            Parallelism = (int)row.Number(7),
            Caller = row.Text(8),
            Overwrite = row.Number(20) != 0,
        },
        Namespace = row.Text(9),
        Image = row.Text(10),
        AcceptedAt = row.Time(11),
        State = Enum.TryParse<RunState>(row.Text(12), ignoreCase: true, out var state)
            ? state : throw Unreadable("state", row.Text(12)),
        Undo = Enum.TryParse<UndoState>(row.Text(13), ignoreCase: true, out var undo)
            ? undo : throw Unreadable("undo_state", row.Text(13)),
        Revision = row.Number(14),
        JobUid = row.TextOrNull(15),
        StartedAt = row.IsNull(16) ? null : row.Time(16),
        EndedAt = row.IsNull(17) ? null : row.Time(17),
        Summary = row.TextOrNull(18),
        Error = row.TextOrNull(19),
        DeletedAt = row.IsNull(21) ? null : row.Time(21),
    };

    public static IReadOnlyList<object?> Values(IngestionRun run) =>
    [
        run.Key.Text, run.Request.Table, run.Request.Intent, run.Request.Category, run.Request.Specification,
        run.Request.ContentDigest, run.Request.ImageDigest, run.Request.Parallelism, run.Request.Caller,
        run.Namespace, run.Image, Time(run.AcceptedAt), Word(run.State), Word(run.Undo), run.Revision,
        run.JobUid, Time(run.StartedAt), Time(run.EndedAt), run.Summary, run.Error, run.Request.Overwrite ? 1 : 0,
    ];

    public static string Word(Enum value) => value.ToString().ToLowerInvariant();

    public static object? Time(DateTimeOffset? time) => time?.UtcDateTime;

    private static DatabaseException Unreadable(string column, string value) => new(
        DatabaseFailure.Statement,
        $"Table {RunSchema.Table}: {column} '{Tracebloc.Net.Line.Of(value)}' is unknown; "
        + "use the newest version of this program");
}
