using Tracebloc.Configuration;
using Tracebloc.Ingestion.Columns;

namespace Tracebloc.Ingestion.Specifications;

/// <summary>Reads <c>schema</c>: columns and their types.</summary>
internal sealed class SchemaReader(DocumentSection root)
{
    /// <returns>The columns in the order of the file, without the wrong ones; none when absent.</returns>
    public IReadOnlyList<Column> Read(CategoryRules? rules)
    {
        if (root.Section("schema") is not { } section) return [];
        if (section.Keys.Mapping.Entries.Count == 0)
            root.Keys.Refuse("schema", "must not be empty; declare a column, such as price: DOUBLE");
        var columns = new List<Column>();
        foreach (var entry in section.Keys.Mapping.Entries)
            if (!IsRest(entry) && ReadColumn(entry, columns) is { } column) columns.Add(column);
        foreach (var rule in rules?.Columns ?? [])
            Require(rule, columns);
        return columns;
    }

    private Column? ReadColumn(ConfigurationEntry entry, IReadOnlyList<Column> before)
    {
        var name = entry.Key.Trim();
        if (NameFault(name, before) is { } fault) root.Errors.Add(entry.Line, entry.Value.Path, fault);
        if (entry.Value is not ConfigurationNode.Scalar { Type: ScalarType.Text } type)
            root.Errors.Add(
                entry.Value, $"must be a column type such as VARCHAR(80), but is {entry.Value.Description}");
        else if (SqlType.TryParse(type.Text, out var parsed, out var error))
            return new(name, parsed);
        else
            root.Errors.Add(entry.Value, CutOff(type) ?? error);
        return null;
    }

    // In {name: DECIMAL(9,2)} the comma ends the value.
    private static string? CutOff(ConfigurationNode.Scalar type) =>
        type.IsPlain && type.Text.Contains('(', StringComparison.Ordinal)
        && !type.Text.Contains(')', StringComparison.Ordinal)
            ? $"\"{type.Text}\" ends at a comma; put the whole type in quotes, such as \"DECIMAL(9,2)\""
            : null;

    // The rest of a type that was cut off is no column: {price: DECIMAL(9, "2)":}.
    private static bool IsRest(ConfigurationEntry entry) =>
        entry.Key.EndsWith(')') && !entry.Key.Contains('(', StringComparison.Ordinal)
        && entry.Value is ConfigurationNode.Scalar { Type: ScalarType.Null };

    private static string? NameFault(string name, IReadOnlyList<Column> before) =>
        !TableLimits.IsReserved(name) && TableLimits.FaultOf(name) is { } fault ? fault
        : before.FirstOrDefault(column => ColumnName.AreSame(column.Name, name)) is { } other
            ? $"is the same column as {other.Name}: the database ignores case; rename one, in the file of rows as well"
        : null;

    private void Require(ColumnRule rule, IReadOnlyList<Column> columns)
    {
        var column = columns.FirstOrDefault(each => each.Name == rule.Name);
        if (column is null && Declares(rule.Name)) return;
        var type = rule switch
        {
            { MayBeNumeric: true } => "TIMESTAMP or a numeric type",
            { IsTimestamp: true } => "TIMESTAMP",
            _ => "its type",
        };
        if (column is null)
            root.Keys.Refuse("schema", $"has no column {rule.Name}; declare {rule.Name} with {type}");
        else if (!rule.Allows(column.Type))
            root.Keys.Section("schema")?.Refuse(rule.Name, $"must have {type}");
    }

    // One with a wrong type was reported already.
    private bool Declares(string name) => root.Keys.Section("schema")?.Find(name) is not null;
}
