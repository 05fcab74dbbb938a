using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Hosting;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Keeping;
using Tracebloc.MetadataSync.Querying;
using Tracebloc.MetadataSync.Serving;
using Tracebloc.MetadataSync.Settings;
using Tracebloc.MetadataSync.Syncing;
using Tracebloc.Net;
using Tracebloc.Web;

namespace Tracebloc.MetadataSync.Verbs;

/// <summary>The parts of <c>metadata-sync run</c>, put together.</summary>
internal sealed partial class RunProgram : IAsyncDisposable
{
    private static readonly TimeSpan ProbeLife = TimeSpan.FromSeconds(2);

    private readonly RunOptions _options;
    private readonly SyncSettings _settings;
    private readonly ProgramContext _program;
    private readonly string _namespace;
    private readonly KubernetesClient _client;
    private readonly Health _health;
    private readonly IReadOnlyList<PurgeNumbers> _purged;
    private readonly MySqlConnection _mySql;

    public RunProgram(
        RunOptions options, SyncSettings settings, KubernetesClientConfiguration cluster, ProgramContext program)
    {
        (_options, _settings, _program) = (options, settings, program);
        _namespace = options.LeaseNamespace ?? cluster.Namespace;
        _client = new KubernetesClient(
            cluster, program.Time, new KubernetesClientOptions { UserAgent = $"metadata-sync/{ApiServer.Version}" });
        _health = new Health(_client, program.Time);
        _purged = Retention.NumbersOf(settings.Kinds);
        _mySql = new MySqlConnection(program);
    }

    /// <summary>Serves and mirrors until the token is cancelled.</summary>
    /// <exception cref="WebHostException">An address, the certificate or the key cannot be used.</exception>
    public async Task RunAsync(CancellationToken token)
    {
        foreach (var warning in _settings.Warnings) LogWarning(_program.Logger, warning);
        await using var probes = _options.Listen is { } listen
            ? await ApiServer.StartAsync(listen, Probes(), _program, token) : null;
        await using var api = _options.Api.Listen is null ? null
            : await ApiServer.StartAsync(Api(), _options.Api, _program, token);
        List<Func<CancellationToken, Task>> works = [MirrorAsync];
        if (probes is not null) works.Add(probes.ServeUntilAsync);
        if (api is not null) works.Add(api.ServeUntilAsync);
        try
        {
            await Together.RunAsync(works, token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // The program ends as it was asked to.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _mySql.DisposeAsync();
        _client.Dispose();
    }

    private async Task MirrorAsync(CancellationToken token)
    {
        if (_settings.Storage is not StorageGate.Enabled { MySql: var mySql })
        {
            _health.Disable();
            LogDisabled(_program.Logger, ((StorageGate.Disabled)_settings.Storage).Reason);
            await Task.Delay(Timeout.InfiniteTimeSpan, _program.Time, token);
            return;
        }

        LogEnabled(_program.Logger);
        var pool = await _mySql.ConnectAsync(mySql, token);
        var identity = LeaderElectionOptions.UniqueIdentity(_program.Variable("HOSTNAME") ?? Environment.MachineName);
        var mirror = new Mirror(SetupOf(pool, identity));
        _health.Connect(pool, mirror);
        var election = new LeaderElection(_client, new LeaderElectionOptions
        {
            Namespace = _namespace,
            Name = _options.LeaseName,
            Identity = identity,
            HolderChanged = holder => LogHolder(_program.Logger, holder ?? "no one"),
            Failed = failed => LogLease(_program.Logger, failed.Message),
        });
        while (true) await election.LeadAsync(current => LeadAsync(mirror, current), token);
    }

    private async Task LeadAsync(Mirror mirror, CancellationToken token)
    {
        _health.IsLeading = true;
        try
        {
            await mirror.RunAsync(token);
        }
        finally
        {
            _health.IsLeading = false;
        }
    }

    private MirrorSetup SetupOf(SessionPool pool, string identity)
    {
        var retention = new RetentionSetup
        {
            Pool = pool,
            Kinds = _settings.Kinds,
            Settings = _settings.Retention,
            Time = _program.Time,
            Logger = _program.Logger,
        };
        var events = new RefusalEvents(_client, identity, _program.Time, _program.Logger);
        return new MirrorSetup
        {
            Client = _client,
            Pool = pool,
            Settings = _settings,
            Identity = identity,
            Time = _program.Time,
            Logger = _program.Logger,
            Beside = (term, token) => Together.RunAsync(
                [new Retention(retention, term, _purged).RunAsync, events.RunAsync], token),
            Refused = events.Record,
        };
    }

    private RequestHandler Probes()
    {
        var rules = Rules();
        var routes = new ProbeRoutes(
            new(_health.ReadAsync, ProbeLife, _program.Time), new MetricsPage(_namespace, _health, _purged), rules);
        return new RequestHandler(
            new RouteTable([.. routes.All]), new RequestCounters(), rules, _program.Time, _program.Logger);
    }

    private QueryApi Api() => new(
        new QueryDatabase(_mySql.FindAsync), _client, _settings.Kinds, ApiOptionsOf(_options.Api), _program.Time);

    private HandlerRules Rules() => Api().Rules();

    internal static QueryApiOptions ApiOptionsOf(ApiOptions options) => new()
    {
        Version = ApiServer.Version,
        AllowsLoopback = options.AllowsLoopback,
    };

    [LoggerMessage(850, LogLevel.Warning, "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);

    [LoggerMessage(851, LogLevel.Information, "Metadata storage disabled, nothing is mirrored: {Reason}")]
    private static partial void LogDisabled(ILogger logger, string reason);

    // The words that operators search the log for.
    [LoggerMessage(852, LogLevel.Information, "Metadata storage enabled")]
    private static partial void LogEnabled(ILogger logger);

    [LoggerMessage(853, LogLevel.Information, "The lease is held by {Holder}")]
    private static partial void LogHolder(ILogger logger, string holder);

    [LoggerMessage(854, LogLevel.Warning, "The lease cannot be read or written, and is tried again: {Cause}")]
    private static partial void LogLease(ILogger logger, string cause);
}
