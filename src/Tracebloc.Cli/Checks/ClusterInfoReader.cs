using Tracebloc.Cli.Finding;

namespace Tracebloc.Cli.Checks;

/// <summary>Reads all that <c>tracebloc cluster info</c> shows; the parts side by side.</summary>
internal static class ClusterInfoReader
{
    /// <exception cref="CliException">There is no release, or there are several.</exception>
    public static async Task<ClusterInfo> ReadAsync(ClusterSession session, CancellationToken token)
    {
        var release = await new ReleaseFinder(session).FindAsync(token);
        var schema = Part<SchemaMatch>.ReadAsync(stop => SchemaAsync(session, release, stop), token);
        var granted = Part<SubmissionToken>.ReadAsync(stop => TokenAsync(session, release, stop), token);
        var volume = Part<DataVolume>.ReadAsync(stop => DataVolume.ReadAsync(session.Client, release, stop), token);
        return new ClusterInfo
        {
            Context = session.Context,
            Server = session.Server,
            Release = release,
            Schema = await schema,
            Token = await granted,
            Volume = await volume,
        };
    }

    public static async Task<SchemaMatch> SchemaAsync(ClusterSession session, Release release, CancellationToken token)
    {
        using var link = await JobsManagerLink.OpenAsync(session, release, token);
        return SchemaMatch.Of(await ServerVersion.ReadAsync(link, token), ProgramVersion.Text);
    }

    public static async Task<SubmissionToken> TokenAsync(
        ClusterSession session, Release release, CancellationToken token)
    {
        var policy = await IngestorPolicy.ReadAsync(session.Client, release, token);
        return await new TokenSource(session.Client, release.Namespace).GetAsync(policy.Account(), token);
    }
}
