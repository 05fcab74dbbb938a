using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tracebloc.Configuration;

/// <summary>Builds the tree from the parser's events.</summary>
/// <exception cref="YamlException">The file is beyond reading.</exception>
internal sealed class ConfigurationTreeBuilder(IParser parser, ConfigurationErrors errors, bool anchors)
{
    private readonly Dictionary<AnchorName, ConfigurationNode> _anchored = [];
    private int _openAnchors;
    private int _depth;

    /// <summary>How far the parser has come.</summary>
    public int Line => (int)(parser.Current?.Start.Line ?? 0);

    public ConfigurationNode? Read()
    {
        parser.Consume<StreamStart>();
        if (parser.TryConsume<StreamEnd>(out _)) return null;
        parser.Consume<DocumentStart>();
        var root = ReadNode("");
        parser.Consume<DocumentEnd>();
        if (parser.Accept<DocumentStart>(out var second))
            errors.Add(
                (int)second.Start.Line, "", "a second document starts here (---); a configuration is one document");
        return root;
    }

    private ConfigurationNode ReadNode(string path)
    {
        Refuse(parser.Current);
        if (parser.TryConsume<AnchorAlias>(out var alias)) return ReadAlias(path, alias);
        if (parser.Current is not NodeEvent { Anchor: { IsEmpty: false } anchor }) return ReadContent(path);
        _openAnchors++;
        _anchored[anchor] = ReadContent(path);
        _openAnchors--;
        return _anchored[anchor];
    }

    private ConfigurationNode ReadAlias(string path, AnchorAlias alias) =>
        _anchored.TryGetValue(alias.Value, out var node)
            ? node with { Path = path, Line = (int)alias.Start.Line, Column = (int)alias.Start.Column }
            : throw Fault(alias, $"*{alias.Value} stands for nothing; write &{alias.Value} before it");

    private ConfigurationNode ReadContent(string path)
    {
        if (parser.TryConsume<Scalar>(out var scalar)) return ReadScalar(path, scalar);
        if (++_depth > ConfigurationDocument.MaximumDepth)
            throw Fault(parser.Current, $"nested deeper than {ConfigurationDocument.MaximumDepth} levels");
        ConfigurationNode node = parser.TryConsume<SequenceStart>(out var start)
            ? ReadSequence(path, start)
            : ReadMapping(path);
        _depth--;
        return node;
    }

    private ConfigurationNode.Scalar ReadScalar(string path, Scalar scalar)
    {
        var (start, isPlain) = (scalar.Start, scalar.Style == ScalarStyle.Plain);
        return new(path, (int)start.Line, (int)start.Column, scalar.Value, isPlain)
        {
            Extent = (int)start.Index..(int)scalar.End.Index,
            IsAnchored = _openAnchors > 0,
        };
    }

    private ConfigurationNode.Sequence ReadSequence(string path, SequenceStart start)
    {
        var items = new List<ConfigurationNode>();
        while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(ReadNode($"{path}[{items.Count}]"));
        return new(path, (int)start.Start.Line, (int)start.Start.Column, items);
    }

    private ConfigurationNode.Mapping ReadMapping(string path)
    {
        var start = parser.Consume<MappingStart>().Start;
        var entries = new List<ConfigurationEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            Refuse(parser.Current);
            if (!parser.TryConsume<Scalar>(out var key))
                throw Fault(parser.Current, "a key must be text, as in key: value");
            var (line, value) = ((int)key.Start.Line, ReadNode(Join(path, key.Value)));
            var first = entries.FindIndex(entry => entry.Key == key.Value);
            if (first < 0) entries.Add(new ConfigurationEntry(key.Value, line, value));
            else errors.Add(line, value.Path, $"is given twice, first on line {entries[first].Line}; keep one");
        }

        return new(path, (int)start.Line, (int)start.Column, entries);
    }

    // Keys with dots, such as hosts, are written so that the path stays readable: registries["ghcr.io"].
    private static string Join(string path, string key) =>
        key.AsSpan().ContainsAny('.', '[', ' ') ? $"{path}[\"{key}\"]" : path.Length == 0 ? key : $"{path}.{key}";

    private void Refuse(ParsingEvent? current)
    {
        if (!anchors && current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            throw Fault(current, "anchors and aliases (&name, *name) are not read; write the value out");
        if (current is NodeEvent { Tag.IsEmpty: false } and not Scalar { Tag.IsNonSpecific: true })
            throw Fault(current, "tags (!name) are not read; leave it away");
    }

    private static SemanticErrorException Fault(ParsingEvent? current, string message) =>
        current is null ? new(message) : new(current.Start, current.End, message);
}
