using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Tracebloc.JobsManager.Runs;
using Tracebloc.Kubernetes;

namespace Tracebloc.JobsManager.Following;

/// <summary>Writes the news of runs as Events on their Jobs, each once.</summary>
/// <param name="api">The Events of the namespace of runs.</param>
/// <param name="instance">The name of this pod.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Receives a line for each Event that cannot be written.</param>
internal sealed partial class RunAnnouncer(EventApi api, string instance, TimeProvider time, ILogger logger)
{
    private const string Controller = "tracebloc.io/jobs-manager";

    // Limits of the API server: pkg/apis/core/validation/events.go.
    private const int LongestNote = 1024;
    private const int LongestInstance = 128;

    /// <summary>Writes an Event. One that cannot be written is logged, and changes nothing for the run.</summary>
    public async Task TellAsync(IngestionRun run, RunStep.Announce news, CancellationToken token)
    {
        try
        {
            await api.CreateAsync(EventOf(run, news), token);
        }
        catch (KubernetesException known) when (known.IsConflict)
        {
            // Written before the end of an earlier attempt.
        }
        catch (KubernetesException refused)
        {
            LogNotWritten(logger, run.Key.Text, refused.Message);
        }
    }

    private KubernetesEvent EventOf(IngestionRun run, RunStep.Announce news)
    {
        var metadata = news.Job.Metadata;
        return new KubernetesEvent
        {
            ApiVersion = KubernetesEvent.Type.ApiVersion,
            Kind = KubernetesEvent.Type.Kind,
            Metadata = new() { Name = NameOf(metadata, news.News), Namespace = run.Namespace },
            EventTime = time.GetUtcNow().UtcDateTime.ToString(
                "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ReportingController = Controller,
            ReportingInstance = instance[..Math.Min(instance.Length, LongestInstance)],
            Action = "Ingest",
            Reason = news.News.ToString(),
            Regarding = new(
                ResourceType.Jobs.ApiVersion, ResourceType.Jobs.Kind, metadata?.Name ?? "", run.Namespace,
                metadata?.Uid),
            Note = Cut($"Run {run.Key} of table {run.Request.Table} ({run.Request.Intent}): {news.Note}"),
            Severity = news.News is RunNews.IngestionFailed or RunNews.IngestionNotUndone ? "Warning" : "Normal",
        };
    }

    // The same news of the same Job has the same name, so that it is written once.
    private static string NameOf(V1ObjectMeta? job, RunNews news)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{job?.Uid}\n{news}"));
        return $"{job?.Name}.{Convert.ToHexStringLower(hash)[..16]}";
    }

    private static string Cut(string text)
    {
        while (Encoding.UTF8.GetByteCount(text) > LongestNote)
            text = text[..^1];
        return text;
    }

    [LoggerMessage(710, LogLevel.Warning, "The Event of run {Key} was not written: {Reason}")]
    private static partial void LogNotWritten(ILogger logger, string key, string reason);
}
