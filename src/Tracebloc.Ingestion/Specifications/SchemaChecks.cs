using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestion.Specifications;

/// <summary>The rules between the schema and the rest of a specification.</summary>
internal sealed class SchemaChecks(
    DocumentSection root, CategoryRules rules, LabelSpecification? label, DataIdSpecification dataId)
{
    public void Check(IReadOnlyList<Column> schema)
    {
        foreach (var column in schema)
        {
            if (IsLabel(column))
                CheckLabel(column);
            else if (IsTaken(column.Name) && !IsStoredElsewhere(column))
                Refuse(column.Name, "is a column of every table; rename it here and in the file of rows");
        }
    }

    // A column named label that is not the label would be a second one of this name.
    private static bool IsTaken(string name) => TableLimits.IsReserved(name) || ColumnName.AreSame(name, "label");

    private void CheckLabel(Column column)
    {
        if (label is { Policy: LabelPolicy.Bucket } && !column.Type.IsNumeric)
            Refuse(column.Name, "is the label with policy: bucket, and bins need a numeric type; "
                + "declare one, or write policy: passthrough");
    }

    private bool IsLabel(Column column) => label is not null && ColumnName.AreSame(label.Column, column.Name);

    private bool IsStoredElsewhere(Column column) =>
        column.Name == rules.AnnotationColumn
        || dataId.Column is { } id && ColumnName.AreSame(id, column.Name);

    private void Refuse(string column, string message)
    {
        var schema = root.Keys.Section("schema");
        var entry = schema?.Mapping.Entries.FirstOrDefault(each => ColumnName.AreSame(each.Key, column));
        if (entry is { Value: { } value }) root.Errors.Add(value, message);
    }
}
