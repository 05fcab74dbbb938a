using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Store;

namespace Tracebloc.MetadataSync.Checking;

/// <summary>The cluster and the database that are compared.</summary>
internal sealed record CheckSetup
{
    /// <summary>From the first look to the second: much longer than a change takes from event to row.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    public required KubernetesClient Client { get; init; }

    public required SessionPool Pool { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger Logger { get; init; }

    public required Progress Progress { get; init; }

    public StoreDatabase Database => new(
        Pool, new DatabaseRetry(Time, Random.Shared.NextDouble, Logger), Time);
}
