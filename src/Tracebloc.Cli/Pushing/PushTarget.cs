using Tracebloc.Cli.Finding;
using Tracebloc.Cli.Runs;
using Tracebloc.Cli.Terminal;

namespace Tracebloc.Cli.Pushing;

/// <summary>The release that a push is for, once it is known that the push may do all that it needs.</summary>
/// <param name="Session">The cluster.</param>
/// <param name="Release">The release.</param>
/// <param name="Account">The service account that submits.</param>
/// <param name="Runs">Its runs and data sets.</param>
/// <param name="Version">Its jobs-manager.</param>
internal sealed record PushTarget(
    ClusterSession Session, Release Release, string Account, ReleaseRuns Runs, ServerVersion? Version) : IDisposable
{
    private const string OverwriteFeature = "overwrite";

    /// <summary>Finds the release, and checks rights, volume and schema.</summary>
    /// <exception cref="CliException">One of them is not as a push needs it.</exception>
    /// <exception cref="Kubernetes.KubernetesException">The API server gives no answer.</exception>
    public static async Task<PushTarget> FindAsync(
        ClusterSession session, string table, Screen screen, CancellationToken token)
    {
        var release = await new ReleaseFinder(session).FindAsync(token);
        var check = await PermissionCheck.OfAsync(session.Client, release, token);
        await check.RequireAsync(token);
        var account = (await IngestorPolicy.ReadAsync(session.Client, release, token)).AccountFor(table);
        (await DataVolume.ReadAsync(session.Client, release, token)).RequireBound();
        var runs = ReleaseRuns.Of(session, release, account, screen);
        try
        {
            // In a rollout there is a moment without a ready pod.
            var answer = await runs.Client.VersionAsync(token);
            var version = answer is null ? null : ServerVersion.Read(answer);
            var match = SchemaMatch.Of(version, ProgramVersion.Text);
            match.Require(release);
            if (match.Verdict == SchemaVerdict.ServerIsNewer) screen.Note(match.Describe(release));
            return new PushTarget(session, release, account, runs, version);
        }
        catch
        {
            runs.Dispose();
            throw;
        }
    }

    /// <summary>Requires that a run may replace the data set of its table.</summary>
    /// <exception cref="CliException">jobs-manager is too old for that.</exception>
    public void RequireOverwrite(string table)
    {
        if (Version?.Features?.Contains(OverwriteFeature) == true) return;
        throw new CliException(
            CliExit.Submission,
            $"jobs-manager {Version?.Version} of release {Release} is too old for --overwrite, and tracebloc "
            + $"{ProgramVersion.Text} is not; upgrade the client chart, or delete the data set first: "
            + $"tracebloc dataset delete {table}");
    }

    public void Dispose() => Runs.Dispose();
}
