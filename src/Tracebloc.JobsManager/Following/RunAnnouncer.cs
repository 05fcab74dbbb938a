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
            // The same news of the same Job has the same name, so that it is written once.
            Metadata = new()
            {
                Name = EventText.Name(metadata?.Name ?? "", metadata?.Uid, $"{news.News}"),
                Namespace = run.Namespace,
            },
            EventTime = EventText.Time(time.GetUtcNow()),
            ReportingController = Controller,
            ReportingInstance = EventText.Instance(instance),
            Action = "Ingest",
            Reason = news.News.ToString(),
            Regarding = new(
                ResourceType.Jobs.ApiVersion, ResourceType.Jobs.Kind, metadata?.Name ?? "", run.Namespace,
                metadata?.Uid),
            Note = EventText.Note(
                $"Run {run.Key} of table {run.Request.Table} ({run.Request.Intent}): {news.Note}"),
            Severity = news.News is RunNews.IngestionFailed or RunNews.IngestionNotUndone ? "Warning" : "Normal",
        };
    }

    [LoggerMessage(710, LogLevel.Warning, "The Event of run {Key} was not written: {Reason}")]
    private static partial void LogNotWritten(ILogger logger, string key, string reason);
}
