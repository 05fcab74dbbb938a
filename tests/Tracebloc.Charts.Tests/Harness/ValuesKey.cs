namespace Tracebloc.Charts.Tests.Harness;

/// <summary>One key of a chart's values, with the comment above it.</summary>
internal sealed record ValuesKey(string Path, string Comment, Node Default)
{
    public bool IsSection => Default.Entries is not [];

    /// <summary>The comment's first sentence: the row of the README's table and the schema's description.</summary>
    public string Summary => Comment.IndexOf(". ", StringComparison.Ordinal) is >= 0 and var end
        ? Comment[..(end + 1)]
        : Comment;
}
