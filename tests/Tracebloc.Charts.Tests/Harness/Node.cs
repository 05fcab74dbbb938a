using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Tracebloc.Charts.Tests.Harness;

/// <summary>
/// A place in a YAML document. A place where nothing is, is a node too, without value, so that a path to it reads the
/// same: <c>manifest.At("spec.template.metadata")["labels"]</c>.
/// </summary>
internal sealed class Node(YamlNode? yaml)
{
    public static Node Nothing { get; } = new(null);

    public bool Exists => yaml is not null and not YamlScalarNode { Style: ScalarStyle.Plain, Value: "" or "null" };

    /// <summary>A scalar as it is written, and nothing for all else.</summary>
    public string Text => yaml is YamlScalarNode { Value: { } value } && Exists ? value : "";

    public IReadOnlyList<Node> Items => yaml is YamlSequenceNode sequence
        ? [.. sequence.Select(item => new Node(item))]
        : [];

    public IReadOnlyList<string> Texts => [.. Items.Select(item => item.Text)];

    public IReadOnlyList<(string Key, Node Value)> Entries => yaml is YamlMappingNode mapping
        ? [.. mapping.Select(entry => (NameOf(entry.Key), new Node(entry.Value)))]
        : [];

    /// <summary>The entries of a mapping of texts, such as labels.</summary>
    public IReadOnlyDictionary<string, string> Map =>
        Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Text);

    /// <summary>The same on one line, in JSON.</summary>
    public string Json => yaml switch
    {
        YamlScalarNode { Style: ScalarStyle.Plain, Value: { } plain } when IsTyped(plain) => plain,
        YamlScalarNode { Value: var text } => $"\"{text?.Replace("\"", "\\\"")}\"",
        YamlSequenceNode => $"[{string.Join(", ", Items.Select(item => item.Json))}]",
        _ => $"{{{string.Join(", ", Entries.Select(entry => $"\"{entry.Key}\": {entry.Value.Json}"))}}}",
    };

    public Node this[string key] => Entries.FirstOrDefault(entry => entry.Key == key).Value ?? Nothing;

    public static Node Parse(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents is [var document, ..] ? new Node(document.RootNode) : Nothing;
    }

    /// <summary>Where a path of keys with dots between them leads: <c>spec.template.spec</c>.</summary>
    public Node At(string path) => path.Split('.').Aggregate(this, (node, key) => node[key]);

    /// <summary>The line of a mapping's key, from 1.</summary>
    public int LineOf(string key) =>
        yaml is YamlMappingNode mapping ? (int)mapping.Single(entry => NameOf(entry.Key) == key).Key.Start.Line : 0;

    public override string ToString() => Json;

    private static string NameOf(YamlNode key) => ((YamlScalarNode)key).Value ?? "";

    private static bool IsTyped(string plain) => plain is "true" or "false" or "null"
        || double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}
