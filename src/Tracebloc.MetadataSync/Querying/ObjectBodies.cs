using Tracebloc.Database;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>
/// Reads whole objects by their uids, in steps whose size follows that of the objects: of those that Kubernetes allows,
/// a thousand are more than a gigabyte.
/// </summary>
internal sealed class ObjectBodies(DatabaseSession session, Kind kind, ObjectStates states)
{
    // A page ends early once it has this many bytes.
    public const int MostBytes = 32 * 1024 * 1024;

    private const int FirstStep = 32, LeastStep = 8, MostStep = 1000, StepBytes = 8 * 1024 * 1024;

    private static readonly string[] Common =
    [
        "o.uid", "o.namespace", "o.name", "o.res_version", "o.create_time",
        "o.delete_time IS NOT NULL", "o.evicted_time IS NOT NULL", "CAST(o.json AS BINARY)",
    ];

    /// <summary>The objects that are still there in one of the states, in the order of the uids.</summary>
    /// <param name="uids">The uids.</param>
    /// <param name="token">Ends the reading.</param>
    /// <returns>The objects, and the number of uids that they are of; the page ends there.</returns>
    public async Task<(IReadOnlyList<StoredObject> Objects, int Read)> ReadAsync(
        IReadOnlyList<string> uids, CancellationToken token)
    {
        var objects = new List<StoredObject>();
        var (read, step, bytes) = (0, FirstStep, 0L);
        while (read < uids.Count && bytes < MostBytes)
        {
            string[] part = [.. uids.Skip(read).Take(step)];
            var found = (await session.QueryAsync(Statement(part), Row, token)).ToDictionary(each => each.Position.Uid);
            objects.AddRange(part.Where(found.ContainsKey).Select(uid => found[uid]));
            read += part.Length;
            bytes = objects.Sum(each => (long)each.Json.Length);
            step = (int)Math.Clamp(StepBytes / Math.Max(1, bytes / read), LeastStep, MostStep);
        }

        return (objects, read);
    }

    private SqlStatement Statement(IReadOnlyList<string> uids)
    {
        var filter = SqlFilter.And(
            new($"o.uid IN ({string.Join(", ", uids.Select(_ => "?"))})", [.. uids]), StateFilter.Of(states));
        string[] columns = [.. Common, .. kind.Columns.Select(column => $"o.{SqlName.Quote(column.Name)}")];
        return new SqlStatement(
            $"SELECT {string.Join(", ", columns)} FROM {SqlName.Quote(kind.Table)} o WHERE {filter.Text}",
            filter.Values);
    }

    private StoredObject Row(SqlRow row)
    {
        var position = new RowPosition(row.Text(1), row.Text(2), row.Text(0));
        return new StoredObject(position, row.BytesOrNull(7) ?? default(ReadOnlyMemory<byte>))
        {
            Version = row.Unsigned(3),
            CreatedAt = row.Time(4),
            IsDeleted = row.Number(5) != 0,
            IsEvicted = row.Number(6) != 0,
            Cells = [.. kind.Columns.Select((column, at) => Cell(row, column.Type, Common.Length + at))],
        };
    }

    private static string? Cell(SqlRow row, ColumnType type, int column) => row.IsNull(column) ? null : type switch
    {
        ColumnType.Flag => row.Number(column) != 0 ? "true" : "false",
        ColumnType.Time => KubernetesTime.Text(row.Time(column)),
        _ => row.Text(column),
    };
}
