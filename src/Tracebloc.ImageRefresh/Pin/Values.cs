using Tracebloc.Configuration;

namespace Tracebloc.ImageRefresh.Pin;

/// <summary>Values as a chart's templates see them: what is absent, null or "" is one and the same.</summary>
internal sealed class Values(ConfigurationNode.Mapping root, ConfigurationErrors errors)
{
    /// <summary>
    /// The value of a key, perhaps by a merge key (https://yaml.org/type/merge.html, of one mapping); null when absent.
    /// </summary>
    public static ConfigurationNode? Find(ConfigurationNode.Mapping mapping, string key) =>
        Own(mapping, key) ?? (Own(mapping, "<<") is ConfigurationNode.Mapping merged ? Find(merged, key) : null);

    /// <summary>The text of a value, empty when absent.</summary>
    public string Text(ConfigurationNode? value)
    {
        if (value is ConfigurationNode.Scalar { Type: ScalarType.Text } scalar) return scalar.Text;
        // Helm writes the number 1.30 as 1.3.
        if (value is ConfigurationNode.Scalar { Type: not ScalarType.Null } plain)
            errors.Add(value, $"must be text; put it in quotes: \"{plain.Text}\"");
        else if (value is not (null or ConfigurationNode.Scalar))
            errors.Add(value, $"must be text, but is {value.Description}");
        return "";
    }

    public string Text(ConfigurationNode.Mapping mapping, string key) => Text(Find(mapping, key));

    /// <summary>The text of a key in a section of the whole file, <c>global.imageRegistry</c>.</summary>
    public string Text(string section, string key) =>
        Find(root, section) is ConfigurationNode.Mapping mapping ? Text(mapping, key) : "";

    /// <summary>What stands at a path, written as errors write it: <c>spec.containers[0].image</c>.</summary>
    public ConfigurationNode? At(string path)
    {
        ConfigurationNode? node = root;
        while (node is not null && node.Path != path)
            node = Children(node).FirstOrDefault(child => IsAtOrAbove(child.Path, path));
        return node;
    }

    private static ConfigurationNode? Own(ConfigurationNode.Mapping mapping, string key) =>
        mapping.Entries.FirstOrDefault(entry => entry.Key == key).Value;

    private static IEnumerable<ConfigurationNode> Children(ConfigurationNode node) => node switch
    {
        ConfigurationNode.Mapping mapping => mapping.Entries.Select(entry => entry.Value),
        ConfigurationNode.Sequence sequence => sequence.Items,
        _ => [],
    };

    private static bool IsAtOrAbove(string above, string path) =>
        path.StartsWith(above, StringComparison.Ordinal)
            && (path.Length == above.Length || path[above.Length] is '.' or '[');
}
