using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tracebloc.Hosting;

/// <summary>Builds the tree from the parser's events.</summary>
/// <exception cref="YamlException">The file is beyond reading.</exception>
internal sealed class ConfigurationTreeBuilder(IParser parser, ConfigurationErrors errors)
{
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
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            var isPlain = scalar.Style == ScalarStyle.Plain;
            return new ConfigurationNode.Scalar(
                path, (int)scalar.Start.Line, (int)scalar.Start.Column, scalar.Value, isPlain);
        }

        if (++_depth > ConfigurationDocument.MaximumDepth)
            throw Fault(parser.Current, $"nested deeper than {ConfigurationDocument.MaximumDepth} levels");
        ConfigurationNode node = parser.TryConsume<SequenceStart>(out var start)
            ? ReadSequence(path, start)
            : ReadMapping(path);
        _depth--;
        return node;
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

    private static void Refuse(ParsingEvent? current)
    {
        if (current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            throw Fault(current, "anchors and aliases (&name, *name) are not read; write the value out");
        if (current is NodeEvent { Tag.IsEmpty: false } and not Scalar { Tag.IsNonSpecific: true })
            throw Fault(current, "tags (!name) are not read; leave it away");
    }

    private static SemanticErrorException Fault(ParsingEvent? current, string message) =>
        current is null ? new(message) : new(current.Start, current.End, message);
}
