namespace Tracebloc.Ingestion.Specifications;

/// <summary>Reads <c>data_id</c>.</summary>
internal sealed class DataIdReader(DocumentSection root)
{
    public DataIdSpecification Read()
    {
        if (root.Section("data_id") is not { } section) return new(DataIdStrategy.Uuid);
        var keys = section.Keys;
        if (keys.Find("strategy") is null)
            keys.Missing("strategy", "write strategy: uuid, column or content_hash");
        var strategy = keys.Choice("strategy", "a strategy of ids", "uuid", "column", "content_hash");
        var column = section.Column("column");
        keys.RefuseUnknownKeys();
        if (strategy == "column") return OfColumn(section, column);
        if (strategy is not null) section.Ignored("column", $"strategy {strategy} reads no column");
        return new(strategy == "content_hash" ? DataIdStrategy.ContentHash : DataIdStrategy.Uuid);
    }

    private static DataIdSpecification OfColumn(DocumentSection section, string? column)
    {
        if (section.Keys.Find("column") is null)
            section.Keys.Missing("column", "write column: NAME, the column that holds the ids");
        if (column is not null && section.Keys.Find("strategy") is { } node)
            section.Warnings.Add(
                node,
                $"column: values of \"{column}\" leave the cluster as row ids; remove data_id to send random ids");
        return new(DataIdStrategy.Column, column);
    }
}
