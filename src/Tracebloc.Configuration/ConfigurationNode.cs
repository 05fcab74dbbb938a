namespace Tracebloc.Configuration;

/// <summary>A value in a configuration file, with its line.</summary>
/// <param name="Path">The path in the tree: <c>images[2].workload</c>; empty for the root.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Column">Counted from 1.</param>
public abstract record ConfigurationNode(string Path, int Line, int Column)
{
    /// <summary>The value's type, in the words of an error: <c>a list</c>.</summary>
    public abstract string Description { get; }

    /// <summary>
    /// A single value, quotes and escapes resolved; plain when it was written without quotes, so that it may be a
    /// number, true, false or null.
    /// </summary>
    /// <param name="Path">As every node's.</param>
    /// <param name="Line">As every node's.</param>
    /// <param name="Column">As every node's.</param>
    /// <param name="Text">The value, quotes and escapes resolved.</param>
    /// <param name="IsPlain">Written without quotes.</param>
    public sealed record Scalar(string Path, int Line, int Column, string Text, bool IsPlain)
        : ConfigurationNode(Path, Line, Column)
    {
        /// <inheritdoc/>
        public override string Description => Type switch
        {
            ScalarType.Null => "empty",
            ScalarType.Boolean => $"{Text}, not text",
            ScalarType.Number => $"the number {Text}",
            _ => $"\"{Text}\"",
        };

        /// <summary>The type by the rules of the document; values in quotes are text unless tagged.</summary>
        public ScalarType Type { get; init; } = IsPlain ? CoreSchema.TypeOf(Text) : ScalarType.Text;

        /// <summary>The value of a boolean, however YAML 1.1 spells it; null for every other type.</summary>
        public bool? Boolean => Type == ScalarType.Boolean
            ? Text is ['t' or 'T' or 'y' or 'Y', ..] or [_, 'n' or 'N']
            : null;

        /// <summary>Its characters in the document's text, quotes or an anchor included.</summary>
        public Range Extent { get; init; }

        /// <summary>An anchor is on it or around it: an alias may stand for it elsewhere.</summary>
        public bool IsAnchored { get; init; }
    }

    /// <summary>Keys and their values; no key comes twice.</summary>
    /// <param name="Path">As every node's.</param>
    /// <param name="Line">As every node's.</param>
    /// <param name="Column">As every node's.</param>
    /// <param name="Entries">In the order given.</param>
    public sealed record Mapping(string Path, int Line, int Column, IReadOnlyList<ConfigurationEntry> Entries)
        : ConfigurationNode(Path, Line, Column)
    {
        /// <inheritdoc/>
        public override string Description => "a mapping";
    }

    /// <summary>A list of values.</summary>
    /// <param name="Path">As every node's.</param>
    /// <param name="Line">As every node's.</param>
    /// <param name="Column">As every node's.</param>
    /// <param name="Items">In the order given.</param>
    public sealed record Sequence(string Path, int Line, int Column, IReadOnlyList<ConfigurationNode> Items)
        : ConfigurationNode(Path, Line, Column)
    {
        /// <inheritdoc/>
        public override string Description => "a list";
    }
}
