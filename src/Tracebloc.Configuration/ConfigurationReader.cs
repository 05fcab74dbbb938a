namespace Tracebloc.Configuration;

/// <summary>
/// Reads one mapping key by key. What is wrong goes to the errors, and reading goes on, so that everything is said at
/// once; what is asked for is what is known, so that <see cref="RefuseUnknownKeys"/> can name the rest. An empty value
/// (<c>key:</c>, <c>null</c>) counts as absent.
/// </summary>
public sealed partial class ConfigurationReader(ConfigurationNode.Mapping mapping, ConfigurationErrors errors)
{
    private readonly List<string> _known = [];

    /// <summary>The mapping that is read.</summary>
    public ConfigurationNode.Mapping Mapping => mapping;

    /// <summary>The value of a key as it was written; null when absent or empty.</summary>
    public ConfigurationNode? Find(string key)
    {
        if (!_known.Contains(key)) _known.Add(key);
        foreach (var entry in mapping.Entries)
            if (entry.Key == key) return IsEmpty(entry.Value) ? null : entry.Value;
        return null;
    }

    /// <summary>A reader of the mapping under a key; null when absent or something else.</summary>
    public ConfigurationReader? Section(string key) =>
        AsMapping(Find(key)) is { } section ? new ConfigurationReader(section, errors) : null;

    /// <summary>Readers of the mappings under a key, by keys that the user chooses: <c>registries</c>.</summary>
    public IEnumerable<(string Key, ConfigurationReader Reader)> Sections(string key)
    {
        foreach (var (name, _, value) in AsMapping(Find(key))?.Entries ?? [])
            if (AsMapping(value) is { } section) yield return (name, new ConfigurationReader(section, errors));
    }

    /// <summary>Readers of the mappings in the list under a key; none when absent.</summary>
    public IEnumerable<ConfigurationReader> Items(string key)
    {
        var value = Find(key);
        if (value is not (null or ConfigurationNode.Sequence))
            errors.Add(value, $"must be a list (- item), but is {value.Description}");
        foreach (var item in (value as ConfigurationNode.Sequence)?.Items ?? [])
            if (AsMapping(item) is { } section) yield return new ConfigurationReader(section, errors);
    }

    /// <summary>Records a missing key, with an example.</summary>
    public void Missing(string key, string remedy) =>
        errors.Add(mapping.Line, mapping.Path, $"{key} is missing; {remedy}");

    /// <summary>
    /// Rejects unknown keys and suggests the known key that was probably meant, one that is absent before one that is
    /// there.
    /// </summary>
    public void RefuseUnknownKeys()
    {
        foreach (var entry in mapping.Entries)
        {
            if (_known.Contains(entry.Key)) continue;
            var absent = _known.Where(key => mapping.Entries.All(other => other.Key != key));
            var remedy = (Suggestion.For(entry.Key, absent) ?? Suggestion.For(entry.Key, _known)) is { } meant
                ? $"did you mean {meant}?"
                : $"known here: {string.Join(", ", _known)}";
            errors.Add(entry.Line, entry.Value.Path, $"is not a known key; {remedy}");
        }
    }

    private static bool IsEmpty(ConfigurationNode value) =>
        value is ConfigurationNode.Scalar { Type: ScalarType.Null };

    private ConfigurationNode.Mapping? AsMapping(ConfigurationNode? value)
    {
        if (value is not (null or ConfigurationNode.Mapping))
            errors.Add(value, $"must be a mapping (key: value), but is {value.Description}");
        return value as ConfigurationNode.Mapping;
    }
}
