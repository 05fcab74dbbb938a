using System.Reflection;
using Tracebloc.Hosting;
using Tracebloc.JobsManager.Access;
using Tracebloc.JobsManager.Datasets;
using Tracebloc.JobsManager.Following;
using Tracebloc.JobsManager.Jobs;
using Tracebloc.JobsManager.Runs;
using Tracebloc.JobsManager.Settings;
using Tracebloc.JobsManager.Submissions;
using Tracebloc.JobsManager.Tokens;
using Tracebloc.JobsManager.Web;
using Tracebloc.Kubernetes;
using Tracebloc.Web;

namespace Tracebloc.JobsManager.Verbs;

/// <summary>The parts that requests and the follower of runs share.</summary>
internal sealed class ServeParts : IDisposable
{
    private static readonly TimeSpan ProbeLife = TimeSpan.FromSeconds(2), MetricsLife = TimeSpan.FromSeconds(10);

    private readonly KubernetesClient _client;
    private readonly RunObjects _objects;
    private readonly DeletionJobs _deletionJobs;
    private readonly RunTurns _turns = new();
    private readonly ProgramContext _program;
    private readonly Deadlines _deadlines;
    private volatile RunFollower? _follower;
    private volatile DeletionFollower? _deletions;

    private ServeParts(
        ServeSettings settings, KubernetesClientConfiguration cluster, Deadlines deadlines, ProgramContext program)
    {
        (_program, _deadlines) = (program, deadlines);
        Namespace = settings.Namespace ?? cluster.Namespace;
        Policy = PolicyFile.Open(settings.Policy, Namespace, program.Logger);
        _client = new KubernetesClient(cluster, program.Time, new KubernetesClientOptions
        {
            RequestTimeout = deadlines.ApiCall,
            UserAgent = $"{RunNames.Manager}/{Version}",
        });
        var tokens = new RunToken(settings.SigningKey, program.Time);
        var image = new RunImage(settings.ImageRepository, settings.ImageTag, settings.ImageDigest);
        _objects = new RunObjects(_client, settings.Pods, run => tokens.Mint(ClaimsOf(run, settings.TokenLife)))
        {
            Image = image,
        };
        _deletionJobs = new DeletionJobs(_client, settings.Pods) { Image = image };
        Table = new RunTable(settings.Database, deadlines, program.Time, program.Logger);
        Handler = HandlerOf(new SubmissionSetup(
            Namespace,
            image,
            _objects.EnsureAsync,
            Look,
            new ClusterVersion(_client, program.Time),
            _turns));
    }

    public static string Version { get; } =
        typeof(ServeParts).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            .Split('+')[0] ?? "";

    /// <summary>The namespace of all runs.</summary>
    public string Namespace { get; }

    public PolicyFile Policy { get; }

    public RunTable Table { get; }

    public RequestHandler Handler { get; }

    public static ServeParts Of(
        ServeSettings settings, KubernetesClientConfiguration cluster, Deadlines deadlines, ProgramContext program) =>
        new(settings, cluster, deadlines, program);

    /// <summary>The follower of the runs in an open table, which requests call from now on.</summary>
    public RunFollower Follow(RunStore store, RunLimits limits)
    {
        var (time, logger) = (_program.Time, _program.Logger);
        var lookout = new RunLookout(_client, Namespace);
        var events = new EventApi(_client, Namespace, RunNames.Manager);
        var announcer = new RunAnnouncer(events, _program.Variable("HOSTNAME") ?? RunNames.Manager, time, logger);
        return _follower = new RunFollower(
            store,
            new RunCare(store, _objects, lookout, announcer, time, logger) { Turns = _turns },
            new RunPurge(store, _objects, limits, time, logger),
            lookout,
            time,
            logger)
        { Resync = _deadlines.Resync };
    }

    /// <summary>The follower of deletions, which requests call from now on.</summary>
    public DeletionFollower FollowDeletions(RunStore store) => _deletions = new DeletionFollower(
        store, _deletionJobs, _program.Time, _program.Logger)
    { Resync = _deadlines.Resync };

    public void Dispose() => _client.Dispose();

    // Before the table is open there is no run to look at.
    private void Look(RunKey key) => _follower?.Look(key);

    private RequestHandler HandlerOf(SubmissionSetup setup)
    {
        var (time, logger) = (_program.Time, _program.Logger);
        var counters = new RequestCounters();
        var callers = new CallerFinder(new TokenReviewer(_client, time));
        var runs = new RunRoutes(
            callers,
            Policy,
            Table,
            new Submission(Table, setup, time, logger),
            new Cancellation(
                Table, (run, token) => _objects.DeleteAsync(run, run.UndoJobName, token), Look, time, logger),
            _deadlines);
        var datasets = DatasetsOf(callers, new RemovalSetup(Namespace, setup.Image, () => _deletions?.Look()));
        var metrics = new MetricsPage(
            Namespace,
            counters,
            Policy,
            new(Table.CountAsync, MetricsLife, time),
            () => _follower?.ResyncedAt);
        var probes = new ProbeRoutes(
            Version,
            new(token => Readiness.ReadAsync(Table, _client, time, token), ProbeLife, time),
            metrics,
            _deadlines);
        return new RequestHandler(
            new RouteTable([.. runs.All, .. datasets.All, .. probes.All]),
            counters,
            AnswerRules.Of(_deadlines),
            time,
            logger);
    }

    private DatasetRoutes DatasetsOf(CallerFinder callers, RemovalSetup setup)
    {
        var (time, logger) = (_program.Time, _program.Logger);
        var catalog = new DatasetCatalog(Table, new DatasetStore(() => Table.Server, _deadlines), _deadlines, time);
        return new DatasetRoutes(
            callers, Policy, catalog, new DatasetRemoval(catalog, Table, setup, time, logger), _deadlines);
    }

    private RunClaims ClaimsOf(RunRequest run, TimeSpan life)
    {
        var now = _program.Time.GetUtcNow();
        return new RunClaims(run.Key.Text, run.Table, run.Intent, now, now + life);
    }
}
