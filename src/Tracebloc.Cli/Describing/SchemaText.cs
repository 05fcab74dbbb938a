using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Describing;

/// <summary>Columns and types as a flag gives them: <c>zip:VARCHAR(10),price:DECIMAL(10,2)</c>.</summary>
internal static class SchemaText
{
    /// <returns>The columns, or the fault to follow the text.</returns>
    public static (IReadOnlyList<Column>? Columns, string? Fault) Parse(string text)
    {
        var columns = new List<Column>();
        foreach (var entry in Entries(text))
        {
            // A column's name may have a colon, a type has none.
            var colon = entry.LastIndexOf(':');
            var (name, type) = colon < 0 ? ("", "") : (entry[..colon].Trim(), entry[(colon + 1)..].Trim());
            if (name.Length == 0 || type.Length == 0)
                return (null, $"has the entry \"{entry}\"; write COLUMN:TYPE, such as price:DOUBLE");
            if (!SqlType.TryParse(type, out var parsed, out var error)) return (null, $"has a wrong type: {error}");
            if (columns.Any(column => ColumnName.AreSame(column.Name, name)))
                return (null, $"names the column \"{name}\" twice; remove one");
            columns.Add(new(name, parsed));
        }

        return (columns, null);
    }

    // A comma in parentheses belongs to a type.
    private static IEnumerable<string> Entries(string text)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '(') depth++;
            if (text[i] == ')') depth--;
            if (text[i] != ',' || depth > 0) continue;
            yield return text[start..i].Trim();
            start = i + 1;
        }

        yield return text[start..].Trim();
    }
}
