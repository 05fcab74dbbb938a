using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Running;

/// <summary>Everything about the removal of a data set that is known before it starts.</summary>
internal sealed record DeleteSetup
{
    public required DatabaseSettings Database { get; init; }

    /// <summary>The places of the data set; its run's key is of no meaning.</summary>
    public required VolumeLayout Layout { get; init; }

    public required ILogger Logger { get; init; }

    public required TimeProvider Time { get; init; }

    public IngestorDeadlines Deadlines { get; init; } = new();

    public string Table => Layout.Table;

    public DatabaseRetry Retry => new(Time, Random.Shared.NextDouble, Logger);
}
