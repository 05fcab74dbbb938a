using Tracebloc.ImageRefresh.Events;
using Tracebloc.ImageRefresh.Metrics;
using Tracebloc.ImageRefresh.Webhook;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Notices;

/// <summary>Tells everybody who is to be told, all at once and for a limited time.</summary>
internal sealed class NoticeBoard(IReadOnlyList<INoticeSink> sinks, ProgramContext context)
{
    /// <summary>
    /// It comes on top of a tick's own deadline. With <see cref="WebhookCourier.TakeOffDeadline"/> it is less than the
    /// minute that charts/client gives a Job beyond that.
    /// </summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static NoticeBoard Open(
        NoticeOptions options,
        WorkloadApi api,
        IReadOnlyDictionary<string, RateLimit> limits,
        ProgramContext context)
    {
        var sinks = new List<INoticeSink>();
        if (options.Events)
            sinks.Add(new EventRecorder(api.Events, context));
        if (options.Webhook is { } webhook)
            sinks.Add(new WebhookCourier(api, webhook, context));
        if (options.Metrics?.File is { } file)
            sinks.Add(new MetricsFile(file, api.Namespace, limits, context));
        if (options.Metrics is { Otlp: not null } metrics)
            sinks.Add(new OtlpPush(metrics, api.Namespace, limits, context));
        return new NoticeBoard(sinks, context);
    }

    public async Task TellAsync(TickReport report, CancellationToken token)
    {
        using var deadline = new CancellationTokenSource(Deadline, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, deadline.Token);
        await Task.WhenAll(sinks.Select(sink => TellAsync(sink, report, either.Token)));
    }

    private async Task TellAsync(INoticeSink sink, TickReport report, CancellationToken token)
    {
        try
        {
            await sink.TellAsync(report, token);
        }
        catch (OperationCanceledException)
        {
            Log.NoticesCutShort(context.Logger, sink.Name);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // What nobody foresaw of telling must not turn a good tick into a bad one.
            Log.NoticesFaulted(context.Logger, fault, sink.Name);
        }
    }
}
