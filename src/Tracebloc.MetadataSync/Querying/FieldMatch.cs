using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Tracebloc.Database;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>Comparisons of a field as SQL.</summary>
internal static class FieldMatch
{
    private static readonly JsonTypeInfo<string> Text = QueryJson.Default.String;

    public static string Column(Field field) => $"o.{SqlName.Quote(field.Column)}";

    /// <summary>
    /// The same bytes: to the collations of MySQL 5.7 and MariaDB a text with spaces at its end equals one without.
    /// </summary>
    public static SqlFilter Equal(Field field, object value)
    {
        if (value is not string text) return new SqlFilter($"{Column(field)} = ?", value);
        if (!IsCut(field, text)) return Same(new(Column(field)), text);
        // The key finds the rows that begin so; the object decides.
        return SqlFilter.And(
            new SqlFilter($"{Column(field)} = ?", Cut(text, field.Length)), Same(Whole(field), text));
    }

    /// <summary>Another value, or none.</summary>
    public static SqlFilter NotEqual(Field field, object value) => field.IsRequired
        ? Not(Equal(field, value))
        : SqlFilter.Or(IsNull(field), Not(Equal(field, value)));

    public static SqlFilter IsNull(Field field) => new($"{Column(field)} IS NULL");

    public static SqlFilter IsNotNull(Field field) => new($"{Column(field)} IS NOT NULL");

    /// <summary>Texts are compared by their characters' numbers, which is the order of their bytes.</summary>
    /// <param name="field">The field.</param>
    /// <param name="sign">One of <c>&lt; &lt;= &gt; &gt;=</c>.</param>
    /// <param name="value">The value.</param>
    public static SqlFilter Ordered(Field field, string sign, object value)
    {
        var left = value is string text && IsCut(field, text) ? Whole(field) : new SqlFilter(Column(field));
        return new SqlFilter($"{left.Text} {sign} ?", [.. left.Values, value]);
    }

    /// <summary>SQL's LIKE of the whole text, with a backslash before a <c>%</c> or <c>_</c> that is meant.</summary>
    public static SqlFilter Like(Field field, string pattern)
    {
        var left = field.Length is null ? new SqlFilter(Column(field)) : Whole(field);
        return new SqlFilter($"{left.Text} LIKE ?", [.. left.Values, pattern]);
    }

    /// <summary>No field, or an empty one: to Kubernetes they are the same.</summary>
    public static SqlFilter IsEmpty(Field field) => field.Type == ColumnType.Text
        ? SqlFilter.Or(IsNull(field), Equal(field, ""))
        : IsNull(field);

    public static SqlFilter Not(SqlFilter filter) => filter with { Text = $"NOT ({filter.Text})" };

    private static SqlFilter Same(SqlFilter left, string text) => new(
        $"{left.Text} = ? AND LENGTH({left.Text}) = ?",
        [.. left.Values, text, .. left.Values, Encoding.UTF8.GetByteCount(text)]);

    // The column has the first characters of a longer text: where it is full, the object has the rest.
    private static SqlFilter Whole(Field field)
    {
        var path = string.Concat(field.Path.Split('.').Select(member => $".{JsonSerializer.Serialize(member, Text)}"));
        return new SqlFilter(
            $"IF(CHAR_LENGTH({Column(field)}) < ?, {Column(field)}, JSON_UNQUOTE(JSON_EXTRACT(o.json, ?))) "
            + "COLLATE utf8mb4_bin",
            field.Length,
            $"${path}");
    }

    private static bool IsCut(Field field, string text) =>
        field.Length is { } length && text.EnumerateRunes().Count() >= length;

    private static string Cut(string text, int? length) =>
        string.Concat(text.EnumerateRunes().Take(length ?? int.MaxValue));
}
