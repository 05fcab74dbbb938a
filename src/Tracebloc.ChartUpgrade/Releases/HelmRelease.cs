using System.Text.Json;
using Tracebloc.ChartUpgrade.Helm;
using Tracebloc.ChartUpgrade.Options;
using Tracebloc.Configuration;

namespace Tracebloc.ChartUpgrade.Releases;

/// <summary>One release, read and changed by helm.</summary>
internal sealed class HelmRelease(
    HelmProcess helm, HelmVersion version, ChartUpgradeOptions options, UpgradeDeadlines deadlines)
{
    private readonly IReadOnlyList<string> _place =
    [
        "--namespace", options.Namespace,
        .. options.Cluster.Kubeconfig is { } file ? (string[])["--kubeconfig", file] : [],
        .. options.Cluster.Context is { } context ? (string[])["--kube-context", context] : [],
    ];

    // Pending revisions are in the history; helm list hides them.
    public async Task<ReleaseReading> HistoryAsync(CancellationToken token)
    {
        var result = await ReadAsync(["history", options.Release, "--output", "json"], token);
        if (result.Succeeded) return Parse(result.Output);
        var error = result.ErrorMessage(Redaction.None);
        // The text has not changed since Helm 2; any other failure leaves open whether the release exists.
        return error == "release: not found" ? new(null, null) : new(null, error);
    }

    /// <summary>Hides what a release was given that sounds secret; null where that cannot be read.</summary>
    public async Task<Redaction?> RedactionAsync(CancellationToken token)
    {
        var result = await ReadAsync(["get", "values", options.Release, "--output", "json"], token);
        if (!result.Succeeded) return null;
        try
        {
            using var values = JsonDocument.Parse(result.Output);
            return Redaction.OfValues(values.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public Task<HelmResult> RollbackAsync(ReleaseRevision revision, CancellationToken token) => helm.RunAsync(
        ["rollback", options.Release, $"{revision.Revision}", .. Writing(), .. _place], deadlines.Rollback, token);

    /// <summary>
    /// The values are the new chart's defaults under what the operator gave: <c>--reuse-values</c> would leave new keys
    /// without a value, the default would forget the operator's.
    /// </summary>
    public Task<HelmResult> UpgradeAsync(string chart, CancellationToken token) => helm.RunAsync(
        [
            "upgrade", options.Release, chart, "--reset-then-reuse-values", version.RollbackOnFailure, .. Writing(),
            .. _place,
        ],
        deadlines.Upgrade,
        token);

    private IEnumerable<string> Writing() =>
        [.. version.Writing, "--cleanup-on-fail", "--timeout", Duration.Format(options.Timeout)];

    private Task<HelmResult> ReadAsync(IEnumerable<string> arguments, CancellationToken token) =>
        helm.RunAsync([.. arguments, .. _place], deadlines.Read, token);

    private static ReleaseReading Parse(string json)
    {
        try
        {
            var revisions = JsonSerializer.Deserialize(
                json, ReleaseRevisionContext.Default.IReadOnlyListReleaseRevision);
            return revisions is { Count: > 0 } ? new(new ReleaseHistory(revisions), null)
                : new(null, "helm history printed no revision");
        }
        catch (JsonException e)
        {
            return new(null, $"helm history printed invalid JSON: {e.Message}");
        }
    }
}
