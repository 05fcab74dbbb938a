using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;
using Tracebloc.Database;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Verbs;

/// <summary>The end of a verb: failures that were foreseen are one line of the log, and an exit code.</summary>
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
        catch (IngestorException fault)
        {
            LogFailed(logger, fault.Message);
            return fault.ExitCode;
        }
        catch (Exception fault) when (fault is DatabaseException or FenceException or ReadingException or IOException
            or UnauthorizedAccessException or CertificateFileException or ProxyException)
        {
            LogFailed(logger, Escaped.Text(fault.Message));
            return IngestorExit.Failed;
        }
    }

    public static void LogWarnings(ILogger logger, IEnumerable<ConfigurationError> warnings)
    {
        foreach (var warning in warnings) LogWarning(logger, warning.ToString());
    }

    [LoggerMessage(650, LogLevel.Error, "{Failure}")]
    private static partial void LogFailed(ILogger logger, string failure);

    [LoggerMessage(651, LogLevel.Warning, "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);
}
