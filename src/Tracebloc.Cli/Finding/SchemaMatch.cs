using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Finding;

/// <summary>The schema ingest.v1 here and in jobs-manager.</summary>
internal enum SchemaVerdict
{
    /// <summary>Both have the same.</summary>
    Same,

    /// <summary>jobs-manager is newer: ingest.v1 only grows, so it takes what is valid here.</summary>
    ServerIsNewer,

    /// <summary>jobs-manager is older, or cannot be compared: it may reject what is valid here.</summary>
    ServerIsOlder,
}

/// <summary>Compares the schema of jobs-manager with that of this program.</summary>
/// <param name="Verdict">The result.</param>
/// <param name="Server">The version of jobs-manager; null where it is too old to have one.</param>
/// <param name="ServerDigest">The schema's digest there; null where there is none.</param>
internal sealed record SchemaMatch(SchemaVerdict Verdict, string? Server, string? ServerDigest)
{
    public const string Name = "ingest.v1";

    public static string OwnDigest { get; } = $"sha256:{IngestSchema.Sha256}";

    /// <param name="server">The answer of jobs-manager; null where it has none.</param>
    /// <param name="own">The version of this program.</param>
    public static SchemaMatch Of(ServerVersion? server, string own)
    {
        var digest = server?.Digest(Name);
        var verdict = digest == OwnDigest ? SchemaVerdict.Same
            : digest is not null && IsNewer(server?.Version, own) ? SchemaVerdict.ServerIsNewer
            : SchemaVerdict.ServerIsOlder;
        return new SchemaMatch(verdict, server?.Version, digest);
    }

    /// <exception cref="CliException">jobs-manager may reject what is valid here.</exception>
    public void Require(Release release)
    {
        if (Verdict == SchemaVerdict.ServerIsOlder)
            throw new CliException(CliExit.Submission, Describe(release));
    }

    /// <summary>The difference, both versions and the remedy; empty where there is none.</summary>
    public string Describe(Release release) => Verdict switch
    {
        SchemaVerdict.Same => "",
        SchemaVerdict.ServerIsNewer =>
            $"Schema {Name} of jobs-manager {Server} is newer than that of tracebloc {ProgramVersion.Text}; upgrade "
            + "tracebloc to use all of it",
        _ when Server is null =>
            $"jobs-manager of release {release} (chart {release.ChartVersion ?? "unknown"}) is older than tracebloc "
            + $"{ProgramVersion.Text}: it names no schema; upgrade the client chart",
        _ =>
            $"Schema {Name} of jobs-manager {Server} ({Short(ServerDigest)}) is not that of tracebloc "
            + $"{ProgramVersion.Text} ({Short(OwnDigest)}); upgrade the client chart of release {release}, or use "
            + $"tracebloc {Server}",
    };

    private static string Short(string? digest) => digest is { Length: > 19 } ? digest[..19] : digest ?? "none";

    private static bool IsNewer(string? server, string own) =>
        System.Version.TryParse(Core(server), out var theirs) && System.Version.TryParse(Core(own), out var ours)
        && theirs > ours;

    // 1.2.0-rc.1 counts as 1.2.0.
    private static string? Core(string? version) => version?.Split('-', '+')[0];
}
