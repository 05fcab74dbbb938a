using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;
using Tracebloc.Database;
using Tracebloc.Hosting;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Checking;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Settings;

namespace Tracebloc.MetadataSync.Verbs;

/// <summary>The connections of one comparison.</summary>
internal sealed partial class CheckSession : IAsyncDisposable
{
    private static readonly TimeSpan DatabaseWait = TimeSpan.FromSeconds(10);

    private CheckSession(CheckSetup setup, KindSet kinds) => (Setup, Kinds) = (setup, kinds);

    public CheckSetup Setup { get; }

    public KindSet Kinds { get; }

    /// <summary>Connects.</summary>
    /// <param name="target">The configuration and the cluster.</param>
    /// <param name="program">The process.</param>
    /// <param name="terminal">The terminal for progress; null where there is none.</param>
    /// <param name="token">Ends the wait for the database.</param>
    /// <returns>Null where the configuration disables metadata storage: there is nothing to compare.</returns>
    /// <exception cref="ConfigurationException">The configuration cannot be used.</exception>
    /// <exception cref="KubernetesConfigurationException">There is no usable cluster configuration.</exception>
    /// <exception cref="DatabaseException">The database did not answer.</exception>
    public static async Task<CheckSession?> OpenAsync(
        CheckTarget target, ProgramContext program, TextWriter? terminal, CancellationToken token)
    {
        var settings = SettingsReader.Read(target.Config, program.Variable);
        foreach (var warning in settings.Warnings)
            LogWarning(program.Logger, warning);
        if (settings.Storage is not StorageGate.Enabled { MySql: var mySql })
        {
            LogDisabled(program.Logger, ((StorageGate.Disabled)settings.Storage).Reason);
            return null;
        }

        var cluster = ClusterConnection.Find(target.Cluster.Kubeconfig, target.Cluster.Context, program.Variable);
        var server = await DatabaseServer.WaitAsync(
            mySql.Options, DatabaseWait, program.Time, program.Logger, token);
        var setup = new CheckSetup
        {
            // A page of large objects takes longer than a call as a rule.
            Client = new KubernetesClient(cluster, program.Time, new() { RequestTimeout = TimeSpan.FromMinutes(1) }),
            Pool = new SessionPool(server, SessionUse.Sharing, new SessionPoolOptions()),
            Time = program.Time,
            Logger = program.Logger,
            Progress = new Progress(program.Time, program.Logger, terminal),
        };
        return new CheckSession(setup, settings.Kinds);
    }

    public async ValueTask DisposeAsync()
    {
        Setup.Progress.Dispose();
        Setup.Client.Dispose();
        await Setup.Pool.DisposeAsync();
    }

    [LoggerMessage(870, LogLevel.Warning, "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);

    [LoggerMessage(871, LogLevel.Information, "Metadata storage disabled, nothing to compare: {Reason}")]
    private static partial void LogDisabled(ILogger logger, string reason);
}
