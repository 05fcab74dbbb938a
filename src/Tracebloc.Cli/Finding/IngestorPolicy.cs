using Tracebloc.Configuration;
using Tracebloc.Kubernetes;

namespace Tracebloc.Cli.Finding;

/// <summary>The accounts of the release's namespace that jobs-manager takes submissions from.</summary>
/// <param name="Release">The release.</param>
/// <param name="Entries">The policy's entries for the namespace; null where the release has no policy to read.</param>
internal sealed record IngestorPolicy(Release Release, IReadOnlyList<PolicyEntry>? Entries)
{
    /// <summary>The account that the chart makes.</summary>
    public const string Usual = "ingestor";

    private const string File = "ingestion-authz.yaml";

    private static readonly ConfigurationErrors Ignored = new(File);

    /// <summary>The account to submit as, whatever the table.</summary>
    /// <exception cref="CliException">No account of the namespace may submit.</exception>
    public string Account() => Choose(Entries?.ToList(), "it permits no account of the namespace");

    /// <summary>The account to submit a table as.</summary>
    /// <exception cref="CliException">No account of the namespace may write the table.</exception>
    public string AccountFor(string table) => Choose(
        Entries?.Where(entry => entry.Covers(table)).ToList(),
        $"it permits no table of this name: {string.Join(", ", Entries?.Select(Describe) ?? [])}");

    /// <summary>Reads the policy of a release.</summary>
    /// <exception cref="KubernetesException">The API server gives no answer, or the right is missing.</exception>
    public static async Task<IngestorPolicy> ReadAsync(
        KubernetesClient client, Release release, CancellationToken token)
    {
        try
        {
            var map = await client.GetAsync(
                ResourceType.ConfigMaps, release.Namespace, release.PolicyConfigMap, ClusterJson.Default.V1ConfigMap,
                token);
            return Of(release, map.Data?.GetValueOrDefault(File));
        }
        catch (KubernetesException e) when (e is { IsNotFound: true, IsTypeNotServed: false })
        {
            return new IngestorPolicy(release, null);
        }
    }

    /// <summary>Reads what it can: jobs-manager is the judge, and says what is wrong with its policy.</summary>
    public static IngestorPolicy Of(Release release, string? text)
    {
        if (text is null || ConfigurationDocument.Parse(text, Ignored) is not { } root)
            return new IngestorPolicy(release, null);
        var entries = new ConfigurationReader(root, Ignored).Items("allowed")
            .Where(item => (item.Text("namespace") ?? release.Namespace) is var ns
                && (ns == release.Namespace || ns == PolicyEntry.Any))
            .Select(item => new PolicyEntry(item.Text("service_account") ?? Usual, Prefixes(item)));
        return new IngestorPolicy(release, [.. entries]);
    }

    private static IReadOnlyList<string> Prefixes(ConfigurationReader entry) =>
        entry.Find("table_prefixes") is ConfigurationNode.Sequence { Items: [_, ..] items }
            ? [.. items.OfType<ConfigurationNode.Scalar>().Select(item => item.Text)]
            : [];

    private string Choose(List<PolicyEntry>? entries, string fault)
    {
        if (entries is null || entries.Exists(entry => entry.ServiceAccount is Usual or PolicyEntry.Any)) return Usual;
        return entries.FirstOrDefault()?.ServiceAccount ?? throw new CliException(
            CliExit.NotPermitted,
            $"Policy of release {Release} denies the submission: {fault}; change ingestionAuthz.allowed in the values "
            + "of the client chart");
    }

    private static string Describe(PolicyEntry entry) =>
        $"{entry.ServiceAccount} may write {string.Join(", ", entry.TablePrefixes.Select(prefix => $"{prefix}*"))}";
}
