using System.Globalization;

namespace Tracebloc.Kubernetes;

/// <summary>The options of a log as a URL has them.</summary>
internal static class LogQuery
{
    /// <summary>A time in full seconds: the API server drops what is finer on its way to the kubelet.</summary>
    internal static string? Time(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
