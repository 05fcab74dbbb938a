namespace Tracebloc.Ingestion.Specifications;

/// <summary>Reads <c>data_id</c>.</summary>
internal sealed class DataIdReader(DocumentSection root)
{
    /// <param name="label">The label; null where there is none.</param>
    public DataIdSpecification Read(LabelSpecification? label)
    {
        if (root.Section("data_id") is not { } section) return new(DataIdStrategy.Uuid);
        var keys = section.Keys;
        if (keys.Find("strategy") is null)
            keys.Missing("strategy", "write strategy: uuid, column or content_hash");
        var strategy = keys.Choice("strategy", "a strategy of ids", "uuid", "column", "content_hash");
        var column = section.Column("column");
        keys.RefuseUnknownKeys();
        if (strategy == "column") return OfColumn(section, column, label);
        if (strategy is not null) section.Ignored("column", $"strategy {strategy} reads no column");
        return new(strategy == "content_hash" ? DataIdStrategy.ContentHash : DataIdStrategy.Uuid);
    }

    private static DataIdSpecification OfColumn(
        DocumentSection section, string? column, LabelSpecification? label)
    {
        if (section.Keys.Find("column") is null)
            section.Keys.Missing("column", "write column: NAME, the column that holds the ids");
        if (column is not null && label is { Policy: LabelPolicy.Bucket } && ColumnName.AreSame(label.Column, column))
            section.Keys.Refuse("column", $"\"{column}\" is the label with policy: bucket, whose exact values stay in "
                + "the cluster; name another column, or remove data_id");
        if (column is not null && section.Keys.Find("strategy") is { } node)
            section.Warnings.Add(
                node,
                $"column: values of \"{column}\" leave the cluster as row ids; remove data_id to send random ids");
        return new(DataIdStrategy.Column, column);
    }
}
