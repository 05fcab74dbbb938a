using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Submitting;

/// <summary>Reads the uid of a ConfigMap, which tells one installation of a chart from the next.</summary>
internal sealed partial class ConfigMapUid(KubernetesClient client, TimeProvider time, ILogger logger)
{
    private readonly IngestorDeadlines _deadlines = new();

    /// <param name="ns">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="timeout">The longest time in which the API server gives no usable answer.</param>
    /// <param name="token">Ends reading.</param>
    /// <exception cref="IngestorException">It is absent or may not be read, or the API server is away.</exception>
    public async Task<string> ReadAsync(string ns, string name, TimeSpan timeout, CancellationToken token)
    {
        var (start, last, pauses) =
            (time.GetTimestamp(), "", new RetryPauses(_deadlines.JobsManagerPause, Random.Shared.NextDouble));
        for (var attempt = 1; ; attempt++)
            try
            {
                var map = await client.GetAsync(
                    ResourceType.ConfigMaps, ns, name, ConfigMapContext.Default.NamedObject, token);
                return map.Metadata?.Uid is { Length: > 0 } uid
                    ? uid
                    : throw new IngestorException(IngestorExit.Failed, $"ConfigMap {name} in {ns} has no uid");
            }
            catch (KubernetesException fault)
            {
                var pause = fault.RetryAfter ?? pauses.After(attempt);
                // The API server knows a RoleBinding only a moment after it was made.
                var limit = fault.IsForbidden ? _deadlines.NewRights : timeout;
                var isOver = pause >= limit - time.GetElapsedTime(start);
                if (isOver || (!fault.IsTransient && !fault.IsForbidden)) throw Fault(fault);
                if (fault.Message != last) LogAway(logger, fault.Message);
                last = fault.Message;
                await Task.Delay(pause, time, token);
            }
    }

    private static IngestorException Fault(KubernetesException fault) => new(
        fault.IsTransient ? IngestorExit.Unreachable : IngestorExit.Usage, $"--config-map: {fault.Message}", fault);

    [LoggerMessage(655, LogLevel.Warning, "{Reason}; trying again")]
    private static partial void LogAway(ILogger logger, string reason);
}

/// <summary>The part of a ConfigMap that is read; its data is not.</summary>
internal sealed record NamedObject
{
    public V1ObjectMeta? Metadata { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NamedObject))]
internal sealed partial class ConfigMapContext : JsonSerializerContext;
