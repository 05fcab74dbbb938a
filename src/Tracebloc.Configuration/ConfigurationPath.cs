namespace Tracebloc.Configuration;

/// <summary>Paths into a document, as errors write them: <c>spec.containers[0].image</c>.</summary>
public static class ConfigurationPath
{
    /// <summary>The path of a key. Keys such as hosts keep the path readable: <c>registries["ghcr.io"]</c>.</summary>
    /// <param name="path">The path of the mapping; empty for the root.</param>
    /// <param name="key">One of its keys.</param>
    public static string Join(string path, string key)
    {
        ArgumentNullException.ThrowIfNull(path);
        return key.AsSpan().ContainsAny('.', '[', ' ') ? $"{path}[\"{key}\"]"
            : path.Length == 0 ? key
            : $"{path}.{key}";
    }

    /// <summary>The value at a path, by way of aliases and merge keys too; null when there is none.</summary>
    public static ConfigurationNode? Find(ConfigurationNode root, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var (here, node) = ("", (ConfigurationNode?)root);
        while (node is not null && here != path)
            (here, node) = Children(here, node).FirstOrDefault(child => IsAtOrAbove(child.Path, path));
        return node;
    }

    private static IEnumerable<(string Path, ConfigurationNode? Node)> Children(string path, ConfigurationNode node) =>
        node switch
        {
            ConfigurationNode.Mapping mapping => mapping.Entries
                .Select(entry => (Join(path, entry.Key), (ConfigurationNode?)entry.Value)),
            ConfigurationNode.Sequence sequence => sequence.Items
                .Select((item, index) => ($"{path}[{index}]", (ConfigurationNode?)item)),
            _ => [],
        };

    private static bool IsAtOrAbove(string above, string path) =>
        path.StartsWith(above, StringComparison.Ordinal)
            && (path.Length == above.Length || path[above.Length] is '.' or '[');
}
