using Tracebloc.Net;

namespace Tracebloc.Telemetry;

/// <summary>Pushes the metrics of a one-shot program to an OpenTelemetry collector.</summary>
/// <seealso href="https://opentelemetry.io/docs/specs/otlp/#otlphttp-request"/>
public static class OtlpPush
{
    /// <summary>The deadline of a push.</summary>
    public static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(5);

    /// <summary>Sends one export request.</summary>
    /// <param name="collector">The collector's base URL, without <c>/v1/metrics</c>.</param>
    /// <param name="export">The request's body: <see cref="OtlpJson.Write"/>.</param>
    /// <param name="options">The connection to the collector.</param>
    /// <param name="time">The clock of the deadline.</param>
    /// <param name="token">Cancels the push.</param>
    /// <returns>Null when the collector took it, else why not, in one line.</returns>
    public static async Task<string?> SendAsync(
        Uri collector,
        ReadOnlyMemory<byte> export,
        JsonPosterOptions options,
        TimeProvider time,
        CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(collector);
        try
        {
            using var poster = JsonPoster.Open(options, time);
            var address = new Uri($"{collector.AbsoluteUri.TrimEnd('/')}/v1/metrics");
            var status = await poster.PostAsync(address, export, null, Deadline, token);
            return status is >= 200 and <= 299 ? null : AnswerStatus.Describe(status);
        }
        catch (Exception fault) when (
            fault is HttpRequestException or TimeoutException or CertificateFileException or ProxyException)
        {
            return fault.Message;
        }
    }
}
