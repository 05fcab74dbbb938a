using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;
using Tracebloc.Database;
using Tracebloc.Hosting;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Verbs;

/// <summary>The end of a verb: failures that were foreseen are lines of the log, and an exit code.</summary>
internal static partial class Ending
{
    public static async Task<int> OfAsync(
        ILogger logger, Func<CancellationToken, Task> work, CancellationToken token)
    {
        try
        {
            await work(token);
            return IngestorExit.Done;
        }
        catch (Exception fault) when (IsForeseen(fault))
        {
            return Report(logger, fault);
        }
    }

    /// <summary>True for a failure whose message is all that its operator needs.</summary>
    public static bool IsForeseen(Exception fault) => fault is IngestorException or DatabaseException
        or FenceException or ReadingException or IOException or UnauthorizedAccessException
        or CertificateFileException or ProxyException or KubernetesException or KubernetesConfigurationException;

    /// <summary>Logs a failure that was foreseen.</summary>
    /// <returns>Its exit code.</returns>
    public static int Report(ILogger logger, Exception fault)
    {
        foreach (var line in LinesOf(fault)) LogFailed(logger, line);
        return Fault.ExitCodeOf(fault);
    }

    /// <summary>The message of a failure, and the faults of the file that it rejects.</summary>
    public static IEnumerable<string> LinesOf(Exception fault) => fault switch
    {
        IngestorException known => [known.Message, .. known.Errors.Select(error => $"{error}")],
        ConfigurationException => fault.Message.Split('\n'),
        OperationCanceledException => ["The program was ended by a signal"],
        _ when IsForeseen(fault) => [Escaped.Text(fault.Message)],
        _ => [$"Unforeseen fault: {fault.GetType().Name}: {Escaped.Text(fault.Message)}"],
    };

    /// <summary>The end of an attempt that failed.</summary>
    /// <param name="fault">The failure.</param>
    /// <param name="isUndone">True where nothing of the run is left.</param>
    public static RunEnd Of(Exception fault, bool isUndone) => new()
    {
        Error = string.Join('\n', LinesOf(fault)),
        // In a pod the signal is SIGTERM.
        ExitCode = fault is OperationCanceledException ? ExitCodes.Terminated : Fault.ExitCodeOf(fault),
        IsFinal = fault is IngestorException { IsFinal: true } or ConfigurationException,
        IsUndone = isUndone,
    };

    public static void LogWarnings(ILogger logger, IEnumerable<ConfigurationError> warnings)
    {
        foreach (var warning in warnings) LogWarning(logger, warning.ToString());
    }

    [LoggerMessage(650, LogLevel.Error, "{Failure}")]
    private static partial void LogFailed(ILogger logger, string failure);

    [LoggerMessage(651, LogLevel.Warning, "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);
}
