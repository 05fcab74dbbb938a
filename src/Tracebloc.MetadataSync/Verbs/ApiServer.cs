using System.Reflection;
using Microsoft.Extensions.Logging;
using Tracebloc.Hosting;
using Tracebloc.MetadataSync.Querying;
using Tracebloc.Web;

namespace Tracebloc.MetadataSync.Verbs;

/// <summary>Starts the servers of this program.</summary>
internal static partial class ApiServer
{
    private const int MostConnections = 256, ProbeBytes = 4096;

    private static readonly TimeSpan Shutdown = TimeSpan.FromSeconds(10);

    public static string Version { get; } =
        typeof(ApiServer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            .Split('+')[0] ?? "";

    /// <summary>Serves the read API.</summary>
    /// <exception cref="WebHostException">The address, the certificate or the key cannot be used.</exception>
    public static async Task<WebHost> StartAsync(
        QueryApi api, ApiOptions options, ProgramContext program, CancellationToken token)
    {
        if (options.Certificate is null != options.Key is null)
            throw new MetadataSyncException(
                MetadataSyncExit.Usage, "--tls-cert and --tls-key belong together; give both, or neither");
        var handler = api.Handler(new RequestCounters(), program.Logger);
        return await StartAsync(
            new WebHostOptions
            {
                Listen = options.Listen ?? throw new InvalidOperationException("no address"),
                Setting = "--listen-api",
                Certificate = options is { Certificate: { } certificate, Key: { } key }
                    ? ServerCertificate.Open(certificate, key, program.Time) : null,
                MostBodyBytes = QueryApi.MostBodyBytes,
                MostConnections = MostConnections,
                Shutdown = Shutdown,
            },
            handler,
            program,
            token);
    }

    /// <summary>Serves probes and metrics.</summary>
    /// <exception cref="WebHostException">The address cannot be used.</exception>
    public static Task<WebHost> StartAsync(
        System.Net.IPEndPoint listen, RequestHandler handler, ProgramContext program, CancellationToken token) =>
        StartAsync(
            new WebHostOptions
            {
                Listen = listen,
                Setting = "--listen",
                MostBodyBytes = ProbeBytes,
                MostConnections = MostConnections,
                Shutdown = Shutdown,
            },
            handler,
            program,
            token);

    private static async Task<WebHost> StartAsync(
        WebHostOptions options, RequestHandler handler, ProgramContext program, CancellationToken token)
    {
        var web = await WebHost.StartAsync(
            options, http => handler.HandleAsync(http, http.RequestAborted), program.Logger, program.Time, token);
        LogListening(program.Logger, options.Setting, $"{web.Address}");
        return web;
    }

    [LoggerMessage(840, LogLevel.Information, "{Setting}: listening on {Address}")]
    private static partial void LogListening(ILogger logger, string setting, string address);
}
