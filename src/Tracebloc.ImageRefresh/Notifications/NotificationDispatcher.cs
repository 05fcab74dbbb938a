using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Applying;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Notifications.Events;
using Tracebloc.ImageRefresh.Notifications.Metrics;
using Tracebloc.ImageRefresh.Notifications.Webhook;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Net;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Notifications;

/// <summary>Sends the notifications of a tick to all notifiers in parallel, with one timeout.</summary>
internal sealed class NotificationDispatcher(IReadOnlyList<INotifier> sinks, ProgramContext context)
{
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

    public async Task SendAsync(TickResult report, CancellationToken token)
    {
        using var deadline = new Deadline(Deadlines.Notifications, context.Time, token);
        await Task.WhenAll(sinks.Select(sink => SendAsync(sink, report, deadline.Token)));
    }

    private async Task SendAsync(INotifier sink, TickResult report, CancellationToken token)
    {
        try
        {
            await sink.SendAsync(report, token);
        }
        catch (OperationCanceledException)
        {
            Log.NotificationsCutShort(context.Logger, sink.Name);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // An unforeseen fault of a notifier must not fail a good tick.
            Log.NotificationsFaulted(context.Logger, fault, sink.Name);
        }
    }
}
