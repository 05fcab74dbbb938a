using System.Net;
using Microsoft.Extensions.Logging;
using Tracebloc.Hosting;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.JobsManager.Settings;
using Tracebloc.JobsManager.Tokens;
using Tracebloc.Web;

namespace Tracebloc.JobsManager.Forwarding;

/// <summary>requests-proxy: the one program with the credentials of the client.</summary>
internal sealed partial class ForwardServer : IAsyncDisposable
{
    // Idle connections take a few KiB each.
    private const int MostConnections = 1024;

    private readonly BackendSender _sender;
    private readonly WebHost _web;

    private ForwardServer(BackendSender sender, WebHost web) => (_sender, _web) = (sender, web);

    /// <summary>The address that it listens on.</summary>
    public IPEndPoint Address => _web.Address;

    /// <summary>Starts to listen, and to log in at the backend.</summary>
    /// <exception cref="WebHostException">The address is in use, or not this machine's.</exception>
    /// <exception cref="Net.ProxyException">The environment's proxy is no address.</exception>
    /// <exception cref="Net.CertificateFileException">The file of authorities cannot be used.</exception>
    public static async Task<ForwardServer> StartAsync(
        ForwardSettings settings, Deadlines deadlines, ProgramContext program, CancellationToken token)
    {
        var (time, logger) = (program.Time, program.Logger);
        var sender = BackendSender.Open(settings.Backend, settings.BackendAuthorities, program.Variable);
        if (sender.IsExposed) LogExposed(logger, settings.Backend.Host);
        var login = new BackendLogin(sender, settings, deadlines, time, logger);
        var parts = new ForwardParts(new(sender, login, deadlines, time), new(), settings, deadlines);
        var calls = new RunCalls(parts, new RunToken(settings.SigningKey, time), time, logger);
        var endpoints = new ForwardEndpoints(calls, parts.Metrics);
        var options = new WebHostOptions
        {
            Listen = settings.Listen,
            Setting = SharedVariables.ListenName,
            MostBodyBytes = CentralCall.All.Max(call => call.MostBytes),
            MostConnections = MostConnections,
            Shutdown = deadlines.Shutdown,
        };
        var web = await WebHost.StartAsync(
            options,
            context => endpoints.ServeAsync(context, context.RequestAborted),
            logger,
            time,
            token);
        LogListening(logger, $"{web.Address}", settings.Backend.Host);
        // Wrong credentials are in the log before the first run needs them.
        _ = login.TokenAsync(refused: null, CancellationToken.None);
        return new ForwardServer(sender, web);
    }

    /// <summary>Serves until the token is cancelled, and ends what is under way.</summary>
    public Task ServeUntilAsync(CancellationToken token) => _web.ServeUntilAsync(token);

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _sender.Dispose();
    }

    [LoggerMessage(744, LogLevel.Information, "Listening on {Address} for calls to {Backend}")]
    private static partial void LogListening(ILogger logger, string address, string backend);

    [LoggerMessage(
        745, LogLevel.Warning, "Backend {Backend} is called without TLS: others can read the password; use https")]
    private static partial void LogExposed(ILogger logger, string backend);
}
