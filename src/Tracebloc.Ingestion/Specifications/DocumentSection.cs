using System.Globalization;
using Tracebloc.Configuration;

namespace Tracebloc.Ingestion.Specifications;

/// <summary>One mapping of an ingest.yaml, with what ingest.v1 reads beyond a configuration.</summary>
internal sealed class DocumentSection(
    ConfigurationNode.Mapping mapping, ConfigurationErrors errors, ConfigurationErrors? warnings = null)
{
    private readonly ConfigurationErrors _warnings = warnings ?? new(errors.File);
    private readonly ConfigurationReader _keys = new(mapping, errors);

    public ConfigurationReader Keys => _keys;

    public ConfigurationErrors Errors => errors;

    public ConfigurationErrors Warnings => _warnings;

    public DocumentSection? Section(string key) => Of(_keys.Section(key));

    public IEnumerable<DocumentSection> Items(string key) => _keys.Items(key).Select(item => new DocumentSection(
        item.Mapping, errors, _warnings));

    /// <summary>The only value that a key may have.</summary>
    public void Constant(string key, string value)
    {
        if (_keys.RequiredText(key, $"{key}: {value}") is { } text && text != value)
            _keys.Refuse(key, $"\"{text}\" is not supported; write {value}");
    }

    /// <summary>The name of a column, without blanks around it; null when absent or wrong.</summary>
    public string? Column(string key)
    {
        var name = _keys.Text(key)?.Trim();
        if (name is not "") return name;
        _keys.Refuse(key, "is blank; write the name of a column");
        return null;
    }

    /// <summary>A whole number between two others; null when absent or wrong.</summary>
    public int? Integer(string key, int minimum, int maximum)
    {
        var number = _keys.Integer(key, minimum);
        if (number <= maximum || number is null) return number;
        _keys.Refuse(key, $"must be at most {maximum}, but is {number}");
        return null;
    }

    /// <summary>A width and a height; null when absent or wrong.</summary>
    public ImageSize? Size(string key)
    {
        var node = _keys.Find(key);
        if (node is null) return null;
        if (node is ConfigurationNode.Sequence { Items: [var width, var height] }
            && Pixels(width) is { } across && Pixels(height) is { } down)
        {
            return new(across, down);
        }

        _keys.Refuse(key, $"must be [width, height] in pixels, both whole numbers of at least 1, but is {Found(node)}");
        return null;
    }

    /// <summary>Accepts a list of texts that has no effect.</summary>
    public void IgnoredTexts(string key)
    {
        var node = _keys.Find(key);
        if (node is null) return;
        if (node is not ConfigurationNode.Sequence list)
            errors.Add(node, $"must be a list (- item), but is {node.Description}");
        else
            foreach (var item in list.Items)
                if (item is not ConfigurationNode.Scalar { Type: ScalarType.Text })
                    errors.Add(item, $"must be text, but is {item.Description}");
    }

    /// <summary>Warns of a key that has no effect.</summary>
    public void Ignored(string key, string reason)
    {
        if (_keys.Find(key) is { } node) _warnings.Add(node, $"is ignored: {reason}");
    }

    /// <summary>Warns of unknown keys, where earlier versions accept any.</summary>
    public void IgnoreUnknownKeys(params IEnumerable<string> known)
    {
        var reader = new ConfigurationReader(mapping, _warnings);
        foreach (var key in known) reader.Find(key);
        reader.RefuseUnknownKeys();
    }

    private static int? Pixels(ConfigurationNode node) =>
        node is ConfigurationNode.Scalar { Type: ScalarType.Number } scalar
        && int.TryParse(scalar.Text, CultureInfo.InvariantCulture, out var number) && number >= 1 ? number : null;

    private static string Found(ConfigurationNode node) => node is ConfigurationNode.Sequence list
        ? $"[{string.Join(", ", list.Items.Take(4).Select(Shown))}{(list.Items.Count > 4 ? ", …" : "")}]"
        : node.Description;

    private static string Shown(ConfigurationNode node) =>
        node is ConfigurationNode.Scalar { IsPlain: true } plain ? plain.Text : node.Description;

    private DocumentSection? Of(ConfigurationReader? reader) =>
        reader is null ? null : new DocumentSection(reader.Mapping, errors, _warnings);
}
