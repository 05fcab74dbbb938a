using System.Text.Json;
using Tracebloc.ChartUpgrade.Helm;
using Tracebloc.ChartUpgrade.Options;

namespace Tracebloc.ChartUpgrade.Charts;

/// <summary>The repository of the chart, asked by helm.</summary>
internal sealed class ChartRepository(
    HelmProcess helm, HelmVersion version, ChartSource source, HelmWorkspace workspace, UpgradeDeadlines deadlines,
    Redaction redaction)
{
    private string Reference => $"{RepositoryFile.Name}/{source.Chart}";

    /// <summary>Fetches the index and reads the versions in it.</summary>
    public async Task<RepositoryOffer> OfferAsync(CancellationToken token)
    {
        var update = await helm.RunAsync(
            ["repo", "update", RepositoryFile.Name, .. version.FailOnFailedFetch], deadlines.Fetch, token);
        if (!update.Succeeded) return Unknown(update, ReasonOf(update));
        var search = await helm.RunAsync(
            ["search", "repo", Reference, "--versions", "--devel", "--output", "json"], deadlines.Read, token);
        return search.Succeeded ? OfferIn(search.Output) : Unknown(search, search.Error);
    }

    /// <summary>Fetches the chart, and what is known of its provenance.</summary>
    public async Task<(string File, string? Error)> PullAsync(ChartVersion wanted, CancellationToken token)
    {
        var index = workspace.IndexOf(RepositoryFile.Name);
        if (source.Keyring is null && RepositoryIndex.RefusalOf(index, source, wanted) is { } refusal)
            return ("", refusal);
        string[] provenance = source.Keyring is null ? [] : ["--prov"];
        var pull = await helm.RunAsync(
            ["pull", Reference, "--version", $"{wanted}", "--destination", workspace.Charts, .. provenance],
            deadlines.Fetch,
            token);
        return pull.Succeeded ? FileOf(wanted) : ("", Unknown(pull, pull.Error).Error);
    }

    // The index says where a file is, and its name is the repository's business. With a keyring it must be the chart's
    // own: a signature covers the name, so that a repository cannot pass an old chart off as a new one.
    private (string File, string? Error) FileOf(ChartVersion wanted)
    {
        var own = Path.Combine(workspace.Charts, $"{source.Chart}-{wanted}.tgz");
        if (File.Exists(own)) return (own, null);
        var files = Directory.GetFiles(workspace.Charts, "*.tgz");
        var isOther = files is not [var pulled] || VersionIn(pulled) is { } version && version.CompareTo(wanted) != 0;
        return isOther || source.Keyring is not null
            ? (own, $"{source.Repository} has no {Path.GetFileName(own)} under that name")
            : (files[0], null);
    }

    private ChartVersion? VersionIn(string file) =>
        Path.GetFileNameWithoutExtension(file) is var name
        && name.StartsWith($"{source.Chart}-", StringComparison.Ordinal)
            ? ChartVersion.Parse(name[(source.Chart.Length + 1)..])
            : null;

    /// <returns>The reason why no key of the keyring verifies the file; null when one does or none is given.</returns>
    public async Task<string?> VerifyAsync(string file, CancellationToken token)
    {
        if (source.Keyring is not { } keyring) return null;
        var verify = await helm.RunAsync(["verify", file, "--keyring", keyring], deadlines.Read, token);
        return verify.Succeeded ? null : verify.ErrorMessage(redaction);
    }

    private RepositoryOffer Unknown(HelmResult result, string reason) => new([],
        $"{source.Repository} cannot be fetched: {result.ErrorMessage(reason, redaction)}");

    // helm prints a repository's failure to standard output, below its name, and other failures to standard error.
    private static string ReasonOf(HelmResult update) =>
        update.Output.IndexOf("\n\t", StringComparison.Ordinal) is >= 0 and var start
            ? update.Output[(start + 1)..]
            : update.Error;

    private RepositoryOffer OfferIn(string json)
    {
        try
        {
            var found = JsonSerializer.Deserialize(json, FoundChartContext.Default.IReadOnlyListFoundChart) ?? [];
            return OfferIn(found);
        }
        catch (JsonException)
        {
            return new([], "helm search printed invalid JSON");
        }
    }

    // The search is a fuzzy one: client-extra is found as well.
    private RepositoryOffer OfferIn(IReadOnlyList<FoundChart> charts) =>
        RepositoryOffer.Of([.. charts.Where(found => found.Name == Reference).Select(found => found.Version)]);
}
