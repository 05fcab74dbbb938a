using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Notifications.Events;
using Tracebloc.ImageRefresh.Notifications.Metrics;
using Tracebloc.ImageRefresh.Notifications.Webhook;
using Tracebloc.ImageRefresh.Reporting;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Notifications;

/// <summary>Tells everybody who is to be told, all at once and for a limited time.</summary>
internal sealed class NotificationDispatcher(IReadOnlyList<INotifier> sinks, ProgramContext context)
{
    /// <summary>
    /// It comes on top of a tick's own deadline. With <see cref="WebhookNotifier.TakeOffDeadline"/> it is less than the
    /// minute that charts/client gives a Job beyond that.
    /// </summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    public static NotificationDispatcher Open(
        NotificationOptions options,
        WorkloadApi api,
        IReadOnlyDictionary<string, RateLimit> limits,
        ProgramContext context)
    {
        var sinks = new List<INotifier>();
        if (options.Events)
            sinks.Add(new EventRecorder(api.Events, context));
        if (options.Webhook is { } webhook)
            sinks.Add(new WebhookNotifier(api, webhook, context));
        if (options.Metrics?.File is { } file)
            sinks.Add(new MetricsFileNotifier(file, api.Namespace, limits, context));
        if (options.Metrics is { Otlp: { } collector } metrics)
            sinks.Add(new OtlpNotifier(collector, metrics.CaFile, api.Namespace, limits, context));
        return new NotificationDispatcher(sinks, context);
    }

    public async Task SendAsync(TickReport report, CancellationToken token)
    {
        using var deadline = new CancellationTokenSource(Deadline, context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, deadline.Token);
        await Task.WhenAll(sinks.Select(sink => SendAsync(sink, report, either.Token)));
    }

    private async Task SendAsync(INotifier sink, TickReport report, CancellationToken token)
    {
        try
        {
            await sink.SendAsync(report, token);
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
