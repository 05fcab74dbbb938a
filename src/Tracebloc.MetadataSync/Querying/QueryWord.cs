namespace Tracebloc.MetadataSync.Querying;

/// <summary>Words of a query that must be among those there are.</summary>
internal static class QueryWord
{
    /// <summary>A word of an enumeration of protobuf; the prefix may be left out.</summary>
    /// <exception cref="QueryException">There is no such word.</exception>
    public static string Of(QueryNode node, string prefix, params IReadOnlyList<string> words)
    {
        var text = node.Text();
        var word = text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;
        return words.Contains(word)
            ? word
            : throw node.Wrong($"\"{text}\" is not known; the words are {string.Join(", ", words)}");
    }

    /// <exception cref="QueryException">There is no such field.</exception>
    public static Field Field(QueryNode node, FieldSet fields)
    {
        var text = node.Text();
        return fields.Find(text) ?? throw node.Wrong(
            $"\"{text}\" is not known; the fields are {string.Join(", ", fields.All.Select(each => each.Path))}");
    }
}
