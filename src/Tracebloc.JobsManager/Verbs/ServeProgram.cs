using System.Net;
using Microsoft.Extensions.Logging;
using Tracebloc.Hosting;
using Tracebloc.JobsManager.Following;
using Tracebloc.JobsManager.Settings;
using Tracebloc.JobsManager.Submissions;
using Tracebloc.Kubernetes;
using Tracebloc.Web;

namespace Tracebloc.JobsManager.Verbs;

/// <summary>The parts of <c>jobs-manager serve</c>, put together: the server, and the follower of runs.</summary>
internal sealed partial class ServeProgram : IAsyncDisposable
{
    // Idle connections take a few KiB each.
    private const int MostConnections = 256;

    private readonly ServeSettings _settings;
    private readonly ServeParts _parts;
    private readonly WebHost _web;

    private ServeProgram(ServeSettings settings, ServeParts parts, WebHost web) =>
        (_settings, _parts, _web) = (settings, parts, web);

    /// <summary>The address that it listens on.</summary>
    public IPEndPoint Address => _web.Address;

    /// <summary>Reads the policy and starts to listen; the database and the API server may still be away.</summary>
    /// <exception cref="WebHostException">The address is in use, or not this machine's.</exception>
    /// <exception cref="Configuration.ConfigurationException">The policy cannot be used.</exception>
    public static async Task<ServeProgram> StartAsync(
        ServeSettings settings,
        KubernetesClientConfiguration cluster,
        Deadlines deadlines,
        ProgramContext program,
        CancellationToken token)
    {
        var parts = ServeParts.Of(settings, cluster, deadlines, program);
        var options = new WebHostOptions
        {
            Listen = settings.Listen,
            Setting = SharedVariables.ListenName,
            // Beyond the limit of a submission, so that one that is a little longer gets its answer.
            MostBodyBytes = 2 * SubmitRequestReader.MostBytes,
            MostConnections = MostConnections,
            Shutdown = deadlines.Shutdown,
        };
        var web = await WebHost.StartAsync(
            options,
            http => parts.Handler.HandleAsync(http, http.RequestAborted),
            program.Logger,
            program.Time,
            token);
        LogListening(program.Logger, $"{web.Address}", parts.Namespace);
        return new ServeProgram(settings, parts, web);
    }

    /// <summary>Serves and follows runs until the token is cancelled, and ends what is under way.</summary>
    public async Task ServeUntilAsync(CancellationToken token)
    {
        using var stop = new CancellationTokenSource();
        await using var stopping = token.Register(stop.Cancel);
        Task[] both = [FollowAsync(stop.Token), _web.ServeUntilAsync(stop.Token)];
        await Task.WhenAny(both); // Neither ends by itself: one that does ends the other.
        await stop.CancelAsync();
        await Task.WhenAll(both);
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _parts.Dispose();
    }

    private async Task FollowAsync(CancellationToken token)
    {
        try
        {
            var store = await _parts.Table.OpenAsync(token);
            using var follower = _parts.Follow(store, new RunLimits(_settings.KeptRuns, _settings.KeptFor));
            using var deletions = _parts.FollowDeletions(store);
            await follower.StartAsync(token);
            await deletions.StartAsync(token);
            await Task.WhenAll(
                follower.ExecuteTask ?? Task.CompletedTask, deletions.ExecuteTask ?? Task.CompletedTask);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    [LoggerMessage(772, LogLevel.Information, "Listening on {Address} for runs in namespace {Namespace}")]
    private static partial void LogListening(ILogger logger, string address, string @namespace);
}
