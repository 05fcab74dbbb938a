namespace Tracebloc.Cli.Staging;

/// <summary>The names of a staging pod. A table's name fits neither a pod's nor a label's rules.</summary>
internal static class StageNames
{
    public const string ManagedBy = "app.kubernetes.io/managed-by", Manager = "tracebloc";

    public const string Component = "tracebloc.io/component", Stage = "stage";

    /// <summary>The table as far as a label can have it; the annotation of the same name has the whole name.</summary>
    public const string Table = "tracebloc.io/table";

    /// <summary>The staging pods of all pushes.</summary>
    public const string Selector = $"{ManagedBy}={Manager},{Component}={Stage}";

    private const string Prefix = "tracebloc-stage-", Unnamed = "table";

    // Of the 63 characters of a pod's host name, prefix and suffix take 25.
    private const int LongestSegment = 30, LongestLabel = 63;

    /// <summary>A pod's name: the table, as far as it fits, and a random suffix.</summary>
    /// <param name="table">The table.</param>
    /// <param name="random">Eight small hexadecimal digits.</param>
    public static string Pod(string table, string random)
    {
        var letters = table.ToLowerInvariant().Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '-');
        var segment = string.Concat(letters).Trim('-');
        if (segment.Length > LongestSegment) segment = segment[..LongestSegment].TrimEnd('-');
        return $"{Prefix}{(segment.Length == 0 ? Unnamed : segment)}-{random}";
    }

    /// <summary>A label's value begins and ends with a letter or a digit.</summary>
    public static string Label(string table)
    {
        var value = string.Concat(table.Select(letter => IsLabelLetter(letter) ? letter : '-'));
        value = Trim(value);
        if (value.Length > LongestLabel) value = Trim(value[..LongestLabel]);
        return value.Length == 0 ? Unnamed : value;
    }

    private static string Trim(string value) => value.Trim('_', '-', '.');

    private static bool IsLabelLetter(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.';
}
