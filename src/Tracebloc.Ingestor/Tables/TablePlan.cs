using Tracebloc.Database;
using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestor.Tables;

/// <summary>The table that a data set needs: how to create it, and how one that is there differs. Pure.</summary>
internal static class TablePlan
{
    /// <summary>The name of the index that keeps ids unique.</summary>
    public const string UniqueName = "uq_data_id";

    private const string Text = "VARCHAR(255)";

    /// <summary>
    /// The statement that creates the table, without the unique index: building it after the load is faster.
    /// </summary>
    public static string Create(string table, TableShape shape)
    {
        var columns = Standard(shape).Select(column => $"{SqlName.Quote(column.Name)} {column.Ddl}{column.Rest}")
            .Concat(shape.Features.Select(column => $"{SqlName.Quote(column.Name)} {column.Type.Ddl}"));
        return $"CREATE TABLE {SqlName.Quote(table)} ({string.Join(", ", columns)}) ENGINE=InnoDB ROW_FORMAT=DYNAMIC "
            + "DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci";
    }

    /// <summary>The statement that adds the unique index, by the name <see cref="UniqueName"/>.</summary>
    public static string AddUnique(string table) =>
        $"ALTER TABLE {SqlName.Quote(table)} ADD UNIQUE INDEX {UniqueName} (data_id)";

    /// <summary>The differences between a table and the one that a data set needs, in one phrase each.</summary>
    /// <returns>None where the data set can be loaded into the table.</returns>
    public static IEnumerable<string> Compare(TableShape shape, TableFacts there)
    {
        if (!there.Engine.Equals("InnoDB", StringComparison.OrdinalIgnoreCase))
            yield return $"its engine is {there.Engine}, not InnoDB";
        var found = there.Columns.ToDictionary(column => column.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var (name, type) in Needed(shape))
            if (!found.Remove(name, out var column))
                yield return $"{name} is missing";
            else if (!ColumnFit.Holds(column, type))
                yield return $"{name} is {column.Declared}, the data set needs {type.Ddl.ToLowerInvariant()}";
            else if (!column.IsNullable && name is not ("id" or "data_id"))
                yield return $"{name} refuses NULL";
        foreach (var name in Standard(shape).Select(column => column.Name))
            found.Remove(name);
        foreach (var column in there.Columns.Where(column => found.ContainsKey(column.Name)))
            yield return $"{column.Name} is no column of the data set";
        if (there.UniqueIndex is null)
            yield return "data_id is not unique";
    }

    /// <summary>The message about a table that differs; null when none does.</summary>
    public static string? Difference(string table, TableShape shape, TableFacts there) =>
        string.Join("; ", Compare(shape, there)) is { Length: > 0 } differences
            ? $"Table {table} differs: {differences}. Choose another table, or drop this one"
            : null;

    /// <summary>The columns that hold less than those of a new table, as earlier versions created them.</summary>
    /// <returns>A remark for each; none for a table of this version.</returns>
    public static IEnumerable<string> Remarks(string table, TableShape shape, TableFacts there) =>
        from feature in shape.Features
        from column in there.Columns
        where column.Name.Equals(feature.Name, StringComparison.OrdinalIgnoreCase)
        let loss = ColumnFit.LossOf(column, feature.Type)
        where loss is not null
        select $"Table {table}, column {column.Name} is {column.Declared}: {loss}";

    // The columns that rows are written to; created_at, updated_at and status have defaults.
    private static IEnumerable<(string Name, SqlType Type)> Needed(TableShape shape) =>
        Standard(shape).Where(column => column.Needs is not null)
            .Select(column => (column.Name, column.Needs ?? new SqlType(SqlBase.Text)))
            .Concat(shape.Features.Select(column => (column.Name, column.Type)));

    private static IEnumerable<StandardColumn> Standard(TableShape shape)
    {
        const string now = " DEFAULT CURRENT_TIMESTAMP";
        var text = new SqlType(SqlBase.VarChar, 255);
        var longText = new SqlType(SqlBase.Text);
        yield return new("id", "BIGINT", " NOT NULL AUTO_INCREMENT PRIMARY KEY", new SqlType(SqlBase.BigInt));
        yield return new("created_at", "DATETIME", $" NOT NULL{now}");
        yield return new("updated_at", "DATETIME", $" NOT NULL{now} ON UPDATE CURRENT_TIMESTAMP");
        yield return new("status", "INT", " NOT NULL DEFAULT 0");
        yield return shape.LabelIsText ? new("label", "TEXT", "", longText) : new("label", Text, "", text);
        yield return new("data_intent", "VARCHAR(100)", "", new SqlType(SqlBase.VarChar, 10));
        yield return new("data_id", Text, " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL", text);
        yield return new("filename", Text, "", text);
        yield return new("extension", "VARCHAR(10)", "", new SqlType(SqlBase.VarChar, 10));
        yield return new("annotation", "TEXT", "", longText);
        yield return new("ingestor_id", Text, "", new SqlType(SqlBase.VarChar, 36));
        if (shape.HasMask) yield return new("mask_id", Text, "", text);
    }

    /// <param name="Name">The column.</param>
    /// <param name="Ddl">Its type.</param>
    /// <param name="Rest">The rest of its declaration.</param>
    /// <param name="Needs">The least type that a table which is there must have; null for any, and for none.</param>
    private sealed record StandardColumn(string Name, string Ddl, string Rest, SqlType? Needs = null);
}
