using System.Text.Json.Serialization;

namespace Tracebloc.ChartUpgrade.Releases;

/// <summary>One revision of a release, as <c>helm history --output json</c> has it.</summary>
internal sealed record ReleaseRevision
{
    public int Revision { get; init; }

    public DateTimeOffset Updated { get; init; }

    /// <summary><c>deployed</c>, <c>failed</c>, <c>pending-upgrade</c> and so on.</summary>
    public string Status { get; init; } = "";

    /// <summary>Name and version in one word, <c>client-1.9.62</c>.</summary>
    public string Chart { get; init; } = "";

    public string Description { get; init; } = "";

    /// <summary>
    /// An install, upgrade or rollback has begun. Helm refuses to upgrade meanwhile; for ever, if that helm is dead.
    /// </summary>
    public bool IsPending => Status.StartsWith("pending-", StringComparison.Ordinal);

    public bool IsUnderWay => IsPending || Status == "uninstalling";

    /// <summary>Left by an upgrade that did not get there.</summary>
    /// <remarks>Where the rollback fails as well, helm calls the upgrade superseded and the rollback failed.</remarks>
    public bool IsFailedAttempt => Status is "failed" or "pending-upgrade"
        || (Status == "superseded" && Description.Contains(" failed: ", StringComparison.Ordinal));

    /// <summary>The version, if it is a chart of that name; null if it is another's.</summary>
    /// <remarks>Helm joins name and version: <c>app-2-1.0.0</c> is app-2 in 1.0.0, not app in 2-1.0.0.</remarks>
    public ChartVersion? VersionOf(string chart) =>
        Chart.StartsWith(chart + "-", StringComparison.Ordinal)
        && ChartVersion.Parse(Chart[(chart.Length + 1)..]) is { } version && (version.IsFull || !version.IsPrerelease)
            ? version
            : null;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(IReadOnlyList<ReleaseRevision>))]
internal sealed partial class ReleaseRevisionContext : JsonSerializerContext;
