namespace Tracebloc.Configuration;

/// <summary>Collects the entries of one mapping, in the order of the file.</summary>
/// <remarks>
/// go-yaml 2 applies a merge key where it stands: it replaces the keys above it and yields to those below it, where
/// By https://yaml.org/type/merge.html the mapping's own keys win wherever they stand.
/// </remarks>
internal sealed class MappingBuilder(
    ConfigurationErrors errors, bool lastKeyWins, IEqualityComparer<string>? keys = null)
{
    private readonly List<ConfigurationEntry> _entries = [];
    private readonly Dictionary<string, (int Index, bool IsMerged)> _places = new(keys);

    public IReadOnlyList<ConfigurationEntry> Entries => _entries;

    /// <summary>Adds a key that the mapping itself gives.</summary>
    public void Add(ConfigurationEntry entry)
    {
        if (_places.TryGetValue(entry.Key, out var place) && place is { IsMerged: false } && !lastKeyWins)
            errors.Add(
                entry.Line,
                entry.Value.Path,
                $"is given twice, first on line {_entries[place.Index].Line}; keep one");
        else
            Set(entry, isMerged: false);
    }

    /// <summary>The entries that merging a value copies.</summary>
    public static int Cost(ConfigurationNode value) => value switch
    {
        ConfigurationNode.Mapping mapping => mapping.Entries.Count,
        ConfigurationNode.Sequence list => list.Items.OfType<ConfigurationNode.Mapping>().Sum(Cost),
        _ => 0,
    };

    /// <summary>Adds the entries of the mapping, or the list of mappings, under a merge key.</summary>
    /// <returns>False when it is neither.</returns>
    public bool Merge(ConfigurationNode value)
    {
        if (value is ConfigurationNode.Mapping mapping)
        {
            foreach (var entry in mapping.Entries) Set(entry, isMerged: true);
            return true;
        }

        // The first mapping of a list wins.
        return value is ConfigurationNode.Sequence list
            && list.Items.Reverse().All(item => item is ConfigurationNode.Mapping && Merge(item));
    }

    private void Set(ConfigurationEntry entry, bool isMerged)
    {
        var isKnown = _places.TryGetValue(entry.Key, out var place);
        var index = isKnown ? place.Index : _entries.Count;
        if (isKnown) _entries[index] = entry;
        else _entries.Add(entry);
        _places[entry.Key] = (index, isMerged);
    }
}
