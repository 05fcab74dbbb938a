using Tracebloc.ImageRefresh.Notices;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Metrics;

/// <summary>Pushes the measurements of a tick to a collector. What cannot be pushed now is not worth keeping.</summary>
internal sealed class OtlpPush(
    MetricsOptions options, string @namespace, IReadOnlyDictionary<string, RateLimit> limits, ProgramContext context)
    : INoticeSink
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public string Name => "otlp";

    public async Task TellAsync(TickReport report, CancellationToken token)
    {
        var (host, collector) = (options.Otlp?.Host ?? "", options.Otlp?.AbsoluteUri.TrimEnd('/'));
        var end = report.StartedAt + report.Elapsed;
        var json = OtlpJson.Write(TickMetrics.Of(report, limits), @namespace, report.StartedAt, end);
        try
        {
            using var transport = NoticeTransport.Open(host, options.CaFile, context);
            var status = await transport.PostAsync(new Uri($"{collector}/v1/metrics"), json, null, Patience, token);
            if (status is < 200 or > 299)
                Log.MetricsNotTold(context.Logger, host, AnswerStatus.Describe(status));
        }
        catch (Exception fault) when (fault is HttpRequestException or TimeoutException or RegistryException)
        {
            Log.MetricsNotTold(context.Logger, host, fault.Message);
        }
    }
}
