using System.Globalization;
using Tracebloc.Database;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>Lists and finds objects.</summary>
internal sealed class ObjectStore(QueryDatabase database)
{
    /// <summary>
    /// More objects than this after a page are not counted: a count reads each of them. Nor are those that labels
    /// select, which takes longer than the page; Kubernetes itself counts none of a list with a selector.
    /// </summary>
    public const int MostCounted = 10_000;

    // Of rows with the same name, the one that was made last; times of creation have whole seconds.
    private const string Newest = "o.create_time DESC, o.res_version DESC, o.uid DESC";

    /// <summary>A page of a list, by its place.</summary>
    /// <exception cref="QueryException">The selection cannot be translated.</exception>
    public Task<ObjectPage> ListAsync(ListRequest request, CancellationToken token)
    {
        request.Selection.Filter(); // One that cannot be translated is refused whether the database answers or not.
        return database.UseAsync(
            async session =>
            {
                var selection = await LabelPlan.OfAsync(session, request.Selection, token);
                var filter = selection.Filter();
                var after = request.After is { } last ? SqlFilter.And(filter, last.After(selection.Namespace)) : filter;
                var rows = await PositionsAsync(
                    session, selection.Kind, after, $"ORDER BY {RowPosition.Order} LIMIT {request.Limit + 1}", token);
                var (objects, read) = await new ObjectBodies(session, selection.Kind, selection.States)
                    .ReadAsync([.. rows.Take(request.Limit).Select(each => each.Uid)], token);
                if (read == rows.Count) return new ObjectPage(objects);
                var end = rows[read - 1];
                return new ObjectPage(objects)
                {
                    Continue = ContinueToken.Write(end, request.Identity),
                    Remaining = await CountAsync(
                        session, selection, SqlFilter.And(filter, end.After(selection.Namespace)), token),
                };
            },
            token);
    }

    /// <summary>Objects in an order of the caller's, from an offset.</summary>
    public Task<ObjectPage> QueryAsync(ObjectQuery query, CancellationToken token) => database.UseAsync(
        async session =>
        {
            var selection = await LabelPlan.OfAsync(session, query.Selection, token);
            var filter = (query with { Selection = selection }).Filter;
            var rows = await PositionsAsync(
                session,
                selection.Kind,
                filter,
                $"ORDER BY {query.Order} LIMIT {query.Limit + 1} OFFSET {query.Offset}",
                token);
            var (objects, read) = await new ObjectBodies(session, selection.Kind, selection.States)
                .ReadAsync([.. rows.Take(query.Limit).Select(each => each.Uid)], token);
            var all = read == rows.Count ? null : await CountAsync(session, selection, filter, token);
            return new ObjectPage(objects) { Remaining = all - query.Offset - read };
        },
        token);

    /// <summary>The newest object with a name; null where there is none.</summary>
    public Task<StoredObject?> FindAsync(Selection selection, string name, CancellationToken token)
    {
        var named = FieldMatch.Equal(FieldSet.Of(selection.Kind).All[0], name);
        return database.UseAsync(
            async session =>
            {
                var rows = await PositionsAsync(
                    session, selection.Kind, SqlFilter.And(selection.Filter(), named), $"ORDER BY {Newest} LIMIT 1",
                    token);
                var (found, _) = await new ObjectBodies(session, selection.Kind, selection.States)
                    .ReadAsync([.. rows.Select(each => each.Uid)], token);
                return found is [var only] ? only : null;
            },
            token);
    }

    /// <summary>
    /// The place of the newest object with a name, whether it is evicted, and its version; null where there is none.
    /// </summary>
    public Task<(RowPosition At, bool IsEvicted, string Version)?> PlaceAsync(
        Selection selection, string name, CancellationToken token)
    {
        var filter = SqlFilter.And(
            selection.Filter(), FieldMatch.Equal(FieldSet.Of(selection.Kind).All[0], name));
        return database.UseAsync<(RowPosition, bool, string)?>(
            async session => await session.QueryAsync(
                new SqlStatement(
                    "SELECT o.namespace, o.name, o.uid, o.evicted_time IS NOT NULL, o.res_version "
                    + $"FROM {SqlName.Quote(selection.Kind.Table)} o WHERE {filter.Text} ORDER BY {Newest} LIMIT 1",
                    filter.Values),
                row => (
                    new RowPosition(row.Text(0), row.Text(1), row.Text(2)), row.Number(3) != 0,
                    row.Unsigned(4).ToString(CultureInfo.InvariantCulture)),
                token) is [var found] ? found : null,
            token);
    }

    /// <summary>The places of rows. Their objects are read after it: no server needs to sort whole objects.</summary>
    public static Task<IReadOnlyList<RowPosition>> PositionsAsync(
        DatabaseSession session, Kind kind, SqlFilter filter, string order, CancellationToken token) =>
        session.QueryAsync(
            new SqlStatement(
                $"SELECT o.namespace, o.name, o.uid FROM {SqlName.Quote(kind.Table)} o WHERE {filter.Text} {order}",
                filter.Values),
            row => new RowPosition(row.Text(0), row.Text(1), row.Text(2)),
            token);

    private static async Task<long?> CountAsync(
        DatabaseSession session, Selection selection, SqlFilter filter, CancellationToken token)
    {
        if (selection.Labels.Requirements.Count > 0) return null;
        var most = (MostCounted + 1).ToString(CultureInfo.InvariantCulture);
        var count = await session.FindAsync(
            new SqlStatement(
                $"SELECT COUNT(*) FROM (SELECT 1 FROM {SqlName.Quote(selection.Kind.Table)} o WHERE {filter.Text} "
                + $"LIMIT {most}) counted",
                filter.Values),
            row => row.Number(0),
            token);
        return count > MostCounted ? null : count;
    }
}
