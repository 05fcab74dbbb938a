using Microsoft.Extensions.Logging;

namespace Tracebloc.Hosting;

/// <summary>The least level and the format of the log.</summary>
public sealed record LoggingOptions
{
    /// <summary>Events below this level are dropped before anything is built for them.</summary>
    public LogLevel MinimumLevel { get; init; } = LogLevel.Information;

    /// <summary>The format of events.</summary>
    public LogFormat Format { get; init; }

    /// <summary>
    /// JSON in a pod, where a collector reads; text elsewhere, where a person does. A pod is known by
    /// <c>KUBERNETES_SERVICE_HOST</c>, which the kubelet sets in every container.
    /// </summary>
    /// <param name="variable">Looks up an environment variable.</param>
    /// <param name="isTerminal">True when the log goes to a terminal, as in a pod's shell.</param>
    public static LogFormat FormatFor(Func<string, string?> variable, bool isTerminal)
    {
        ArgumentNullException.ThrowIfNull(variable);
        var isPod = !string.IsNullOrEmpty(variable("KUBERNETES_SERVICE_HOST"));
        return isPod && !isTerminal ? LogFormat.Json : LogFormat.Text;
    }
}
