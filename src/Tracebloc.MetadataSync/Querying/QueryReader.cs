namespace Tracebloc.MetadataSync.Querying;

/// <summary>Reads the body of a query: ListOptionsExt, in the JSON of protobuf.</summary>
internal static class QueryReader
{
    /// <summary>The most bytes of a body.</summary>
    public const int MostBytes = 256 * 1024;

    // Rows before the offset are read and thrown away.
    private const int MostOffset = 100_000, MostOrders = 16, MostSkipped = 100;

    private static readonly string[] Kept =
        ["api_version", "kind", "metadata", "metadata.name", "metadata.namespace", "metadata.uid"];

    /// <param name="body">The body; an empty one is a query without options.</param>
    /// <param name="selection">The objects.</param>
    /// <exception cref="QueryException">A part is unknown or malformed.</exception>
    public static ObjectQuery Read(ReadOnlyMemory<byte> body, Selection selection)
    {
        if (body.IsEmpty) body = "{}"u8.ToArray();
        using var document = CallerJson.OfBody(body);
        return Read(new QueryNode(document.RootElement, ""), selection);
    }

    private static ObjectQuery Read(QueryNode root, Selection selection)
    {
        var fields = FieldSet.Of(selection.Kind);
        var members = root.Members("order_by", "operation", "pagination", "returned_field_skip_list");
        var filter = members.TryGetValue("operation", out var operation)
            ? new CriterionReader(fields).Operation(operation)
            : SqlFilter.Everything;
        var page = members.TryGetValue("pagination", out var pagination)
            ? pagination.Members("offset", "limit")
            : new Dictionary<string, QueryNode>();
        var limit = page.TryGetValue("limit", out var most) ? most.Number(ListRequest.MostObjects) : 0;
        return new ObjectQuery(selection, filter)
        {
            Order = members.TryGetValue("order_by", out var order) ? Order(order, fields) : RowPosition.Order,
            Limit = limit == 0 ? ListRequest.DefaultLimit : limit,
            Offset = page.TryGetValue("offset", out var offset) ? offset.Number(MostOffset) : 0,
            SkippedFields = members.TryGetValue("returned_field_skip_list", out var skipped)
                ? [.. skipped.Items(MostSkipped).Select(Skipped)]
                : [],
        };
    }

    // Rows that are the same to the caller's order keep an order of their own: pages must not overlap.
    private static string Order(QueryNode node, FieldSet fields) =>
        string.Join(", ", [.. node.Items(MostOrders).Select(each => Sorted(each, fields)), RowPosition.Order]);

    private static string Sorted(QueryNode node, FieldSet fields)
    {
        var members = node.Members("field", "dir");
        if (!members.TryGetValue("field", out var name)) throw node.Wrong("has no field");
        var isDescending = members.TryGetValue("dir", out var dir)
            && QueryWord.Of(dir, "SORT_ORDER_", "ASC", "DESC") == "DESC";
        return $"{FieldMatch.Column(QueryWord.Field(name, fields))}{(isDescending ? " DESC" : "")}";
    }

    private static string Skipped(QueryNode node)
    {
        var path = node.Text();
        return path.Split('.').Any(member => member.Length == 0) ? throw node.Wrong($"\"{path}\" is not a path")
            : Kept.Contains(SnakeCase.Of(path)) ? throw node.Wrong($"\"{path}\" cannot be left out")
            : path;
    }
}
