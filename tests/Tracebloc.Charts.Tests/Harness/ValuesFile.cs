namespace Tracebloc.Charts.Tests.Harness;

/// <summary>A chart's values.yaml with its comments, key by key and in its order.</summary>
internal sealed class ValuesFile
{
    private readonly string[] _lines;

    private ValuesFile(string text)
    {
        _lines = text.Split('\n');
        Keys = [.. KeysOf(Node.Parse(text), "")];
    }

    /// <summary>Sections and leaves; a section comes before what it holds.</summary>
    public IReadOnlyList<ValuesKey> Keys { get; }

    /// <summary>The keys that an operator can set: all but the sections.</summary>
    public IEnumerable<ValuesKey> Leaves => Keys.Where(key => !key.IsSection);

    public static ValuesFile Of(Chart chart) => Parse(chart.Read("values.yaml"));

    public static ValuesFile Parse(string text) => new(text);

    private IEnumerable<ValuesKey> KeysOf(Node section, string prefix)
    {
        foreach (var (name, value) in section.Entries)
        {
            var key = new ValuesKey(prefix + name, CommentAbove(section.LineOf(name)), value);
            yield return key;
            foreach (var inner in KeysOf(value, $"{key.Path}."))
                yield return inner;
        }
    }

    /// <param name="line">Where the key stands, from 1; a blank line ends what belongs to it.</param>
    private string CommentAbove(int line)
    {
        var comment = _lines[..(line - 1)].Reverse()
            .Select(text => text.Trim())
            .TakeWhile(text => text.StartsWith('#'))
            .Reverse();
        return string.Join(' ', comment.Select(text => text.TrimStart('#').Trim()));
    }
}
