using Tracebloc.Configuration;

namespace Tracebloc.ImageRefresh.Pin;

/// <summary>Values as a chart's templates see them: what is absent, null or "" is one and the same.</summary>
internal sealed class Values(ConfigurationNode.Mapping root, ConfigurationErrors errors)
{
    /// <summary>The value of a key; null when absent.</summary>
    public static ConfigurationNode? Find(ConfigurationNode.Mapping mapping, string key) =>
        mapping.Entries.FirstOrDefault(entry => entry.Key == key).Value;

    /// <summary>The text of a value, empty when absent.</summary>
    public string Text(ConfigurationNode? value)
    {
        if (value is ConfigurationNode.Scalar { Type: ScalarType.Text } scalar) return scalar.Text;
        // Helm renders the number 1.30 as 1.3 and 0x1F as 31.
        if (value is ConfigurationNode.Scalar { Type: not ScalarType.Null } plain)
            errors.Add(
                value,
                plain.IsPlain
                    ? $"must be text; put it in quotes: \"{plain.Text}\""
                    : $"must be text, but is {plain.Description}");
        else if (value is not (null or ConfigurationNode.Scalar))
            errors.Add(value, $"must be text, but is {value.Description}");
        return "";
    }

    public string Text(ConfigurationNode.Mapping mapping, string key) => Text(Find(mapping, key));

    /// <summary>The text of a key in a section of the whole file, <c>global.imageRegistry</c>.</summary>
    public string Text(string section, string key) =>
        Find(root, section) is ConfigurationNode.Mapping mapping ? Text(mapping, key) : "";
}
