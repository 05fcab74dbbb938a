using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Tracebloc.Configuration;

/// <summary>Builds the tree from the parser's events.</summary>
/// <exception cref="YamlException">The file is beyond reading.</exception>
internal sealed class ConfigurationTreeBuilder(IParser parser, ConfigurationErrors errors, YamlRules rules)
{
    // Merge keys copy entries: a small file must not become a large tree.
    private const int MaximumMerged = 100_000;

    // Every value has its path: with long keys, nested deep, a small file's paths must not become large either.
    private const int MaximumPaths = 16 * 1024 * 1024;

    // The longest key of Kubernetes: a label's prefix of 253, a slash and a name of 63.
    private const int MaximumKey = 317;

    private const string MergeKey = "<<";
    private const string MergeTag = "tag:yaml.org,2002:merge";
    private const string BinaryTag = "tag:yaml.org,2002:binary";

    private readonly Dictionary<AnchorName, ConfigurationNode> _anchored = [];
    private int _openAnchors;
    private int _depth;
    private int _merged;
    private int _paths;

    /// <summary>The position of the parser.</summary>
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
        Reject(parser.Current);
        if ((_paths += path.Length) > MaximumPaths)
            throw Fault(parser.Current, "the keys up to here are too long, or nested too deep");
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
            // Without its name: it may be a password that begins with an asterisk.
            : throw Fault(alias, "an alias (*name) without an anchor (&name) before it; quote text that begins with *");

    private ConfigurationNode ReadContent(string path)
    {
        if (parser.TryConsume<Scalar>(out var scalar)) return ReadScalar(path, scalar);
        if (++_depth > rules.MaximumDepth)
            throw Fault(parser.Current, $"nested deeper than {rules.MaximumDepth} levels");
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
            Type = TypeOf(scalar),
            Extent = (int)start.Index..(int)scalar.End.Index,
            IsAnchored = _openAnchors > 0,
        };
    }

    private ScalarType TypeOf(Scalar scalar)
    {
        var isPlain = scalar.Style == ScalarStyle.Plain;
        if (scalar.Tag.IsEmpty) return isPlain ? rules.TypeOf(scalar.Value) : ScalarType.Text;
        if (!rules.IsGo) return isPlain && !scalar.Tag.IsNonSpecific ? rules.TypeOf(scalar.Value) : ScalarType.Text;
        var tag = scalar.Tag.IsNonSpecific ? "!" : scalar.Tag.Value;
        if (tag == BinaryTag) throw Fault(scalar, "!!binary is not read; write the text out");
        var type = GoSchema.TypeOfTag(tag);
        return type == ScalarType.Text || type == rules.TypeOf(scalar.Value)
            ? type
            : throw Fault(scalar, $"the value does not fit its tag ({tag[(tag.LastIndexOf(':') + 1)..]})");
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
        var entries = new MappingBuilder(errors, rules.LastKeyWins);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            Reject(parser.Current);
            if (!parser.TryConsume<Scalar>(out var key))
                throw Fault(parser.Current, "a key must be text, as in key: value");
            if (key.Value.Length > MaximumKey)
                throw Fault(key, $"a key has {key.Value.Length} characters; {MaximumKey} are the most");
            var value = ReadNode(ConfigurationPath.Join(path, key.Value));
            if (!IsMerge(key)) entries.Add(new ConfigurationEntry(key.Value, (int)key.Start.Line, value));
            else if ((_merged += MappingBuilder.Cost(value)) > MaximumMerged)
                throw Fault(key, $"merge keys (<<) copy more than {MaximumMerged} values up to here");
            else if (!entries.Merge(value))
                throw Fault(key, "a merge key (<<) takes a mapping or a list of mappings, as in <<: *name");
        }

        return new(path, (int)start.Line, (int)start.Column, entries.Entries);
    }

    private bool IsMerge(Scalar key) => rules.IsGo && key.Value == MergeKey
        && (key.Style == ScalarStyle.Plain
            || (key.Tag is { IsEmpty: false, IsNonSpecific: false } && key.Tag.Value == MergeTag));

    private void Reject(ParsingEvent? current)
    {
        if (rules.IsGo) return;
        if (current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            throw Fault(current, "anchors and aliases (&name, *name) are not read; write the value out");
        if (current is NodeEvent { Tag.IsEmpty: false } and not Scalar { Tag.IsNonSpecific: true })
            throw Fault(current, "tags (!name) are not supported; remove the tag");
    }

    private static SemanticErrorException Fault(ParsingEvent? current, string message) =>
        current is null ? new(message) : new(current.Start, current.End, message);
}
