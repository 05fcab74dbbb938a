using Tracebloc.Cli.Finding;
using Tracebloc.Cli.Terminal;
using Tracebloc.Ingestion.Submitting;
using Tracebloc.Net;

namespace Tracebloc.Cli.Runs;

/// <summary>The runs and data sets of a release, by its jobs-manager.</summary>
internal sealed class ReleaseRuns : IDisposable
{
    // Every connection ends in a pod, whatever the host.
    private static readonly Uri Address = new("http://jobs-manager");

    // A thousand runs, each with a summary of 4 KiB and an error.
    private const int LongestAnswer = 16 * 1024 * 1024;

    private readonly bool _ownsSession;

    private ReleaseRuns(ClusterSession session, Release release, JobsManagerClient client, bool ownsSession) =>
        (Session, Release, Client, _ownsSession) = (session, release, client, ownsSession);

    public ClusterSession Session { get; }

    public Release Release { get; }

    public JobsManagerClient Client { get; }

    /// <summary>Finds the release that the command line means.</summary>
    /// <param name="options">The choice of the cluster and the release.</param>
    /// <param name="table">The table that is asked for; null: any.</param>
    /// <param name="screen">Takes remarks.</param>
    /// <param name="token">Gives up.</param>
    /// <exception cref="CliException">There is no release, or its policy admits no account.</exception>
    public static async Task<ReleaseRuns> OpenAsync(
        ReleaseOptions options, string? table, Screen screen, CancellationToken token)
    {
        var session = ClusterSession.Open(options, screen);
        try
        {
            var release = await new ReleaseFinder(session).FindAsync(token);
            var policy = await IngestorPolicy.ReadAsync(session.Client, release, token);
            var account = table is null ? policy.Account() : policy.AccountFor(table);
            return new ReleaseRuns(session, release, Connect(session, release, account, screen), ownsSession: true);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The same for a release that is found already; the session stays open.</summary>
    public static ReleaseRuns Of(ClusterSession session, Release release, string account, Screen screen) =>
        new(session, release, Connect(session, release, account, screen), ownsSession: false);

    public void Dispose()
    {
        Client.Dispose();
        if (_ownsSession) Session.Dispose();
    }

    private static JobsManagerClient Connect(ClusterSession session, Release release, string account, Screen screen)
    {
        var exchange = HttpExchange.Over(
            new ReleaseHandler(session, release), Address, session.Time, LongestAnswer);
        var connection = new JobsManagerConnection(
            exchange, new RenewedToken(session, release, account).GetAsync, $"tracebloc/{ProgramVersion.Text}",
            session.Time);
        var options = new JobsManagerOptions
        {
            Server = "jobs-manager",
            Remedy = "tracebloc doctor has more",
            Retrying = reason => screen.Note($"jobs-manager is not ready: {reason}; trying again"),
        };
        return new JobsManagerClient(connection, options, session.Time);
    }
}
