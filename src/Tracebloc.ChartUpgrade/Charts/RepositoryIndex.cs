using Tracebloc.ChartUpgrade.Options;
using Tracebloc.Configuration;
using Tracebloc.Net;

namespace Tracebloc.ChartUpgrade.Charts;

/// <summary>
/// A repository's index, <c>entries.NAME[].urls</c>, as helm has stored it: helm fetches a chart from the first of its
/// URLs, whatever the scheme (https://helm.sh/docs/topics/chart_repository/#the-index-file).
/// </summary>
internal static class RepositoryIndex
{
    // Some 15,000 versions, which cost helm 500 MB.
    private const long MaximumBytes = 16 * 1024 * 1024;

    private static readonly YamlRules Rules = YamlRules.Go with { LastKeyWins = true, MaximumDepth = 64 };

    /// <summary>Looks where the index has a version of the chart.</summary>
    /// <returns>The reason not to fetch it from there without provenance; null when it may be fetched.</returns>
    public static string? RefusalOf(string file, ChartSource source, ChartVersion wanted)
    {
        // Without an index helm fetches nothing and says so.
        if (!File.Exists(file)) return null;
        var errors = new ConfigurationErrors("index.yaml");
        var root = Read(file, errors);
        if (errors.InOrder() is [var error, ..])
            return $"the index of {source.Repository} cannot be read{Place(error)}: {error.Message}; use --keyring";
        foreach (var address in AddressesIn(root, source.Chart, $"{wanted}"))
        {
            if (!Uri.TryCreate(source.Repository, address, out var url))
                return $"the index of {source.Repository} has no URL for {source.Chart} {wanted}; use --keyring";
            if (PlainHttp.IsExposed(url))
                return $"the index of {source.Repository} has {source.Chart} {wanted} at http://{url.Authority}, which "
                    + "is plain HTTP, and --keyring is empty: anyone on the network could replace the chart; "
                    + "use https:// in the index or --keyring";
        }

        return null;
    }

    private static string Place(ConfigurationError error) => error.Line > 0 ? $", line {error.Line}" : "";

    private static ConfigurationNode? Read(string file, ConfigurationErrors errors)
    {
        if (new FileInfo(file).Length <= MaximumBytes)
            return ConfigurationDocument.Parse(File.ReadAllText(file), errors, Rules);
        errors.Add(0, "", $"it is larger than {MaximumBytes / 1024 / 1024} MiB");
        return null;
    }

    private static IEnumerable<string> AddressesIn(ConfigurationNode? root, string chart, string version) =>
        from entry in Items(Member(Member(root, "entries"), chart, StringComparison.Ordinal))
        where Member(entry, "version") is ConfigurationNode.Scalar { Text: var text } && text == version
        select Items(Member(entry, "urls")) is [ConfigurationNode.Scalar { Text: var first }, ..] ? first : "";

    // Go matches the names of fields in any case.
    private static ConfigurationNode? Member(
        ConfigurationNode? node, string key, StringComparison comparison = StringComparison.OrdinalIgnoreCase) =>
        (node as ConfigurationNode.Mapping)?.Entries.Where(entry => entry.Key.Equals(key, comparison))
            .Select(entry => entry.Value).LastOrDefault();

    private static IReadOnlyList<ConfigurationNode> Items(ConfigurationNode? node) =>
        (node as ConfigurationNode.Sequence)?.Items ?? [];
}
