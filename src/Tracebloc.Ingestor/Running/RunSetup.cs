using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestor.Settings;
using Tracebloc.Ingestor.Sharding;
using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Running;

/// <summary>Everything about a run that is known before it starts.</summary>
internal sealed record RunSetup
{
    public required IngestorSettings Settings { get; init; }

    public required IngestSpecification Specification { get; init; }

    /// <summary>SHA-256 of the specification, in hexadecimal digits.</summary>
    public required string Digest { get; init; }

    public required VolumeLayout Layout { get; init; }

    /// <summary>Looks an environment variable up, for proxies.</summary>
    public required Func<string, string?> Variable { get; init; }

    public required ILogger Logger { get; init; }

    public required TimeProvider Time { get; init; }

    public IngestorDeadlines Deadlines { get; init; } = new();

    public string Table => Specification.Table;

    public string Intent => Specification.Intent.ToString().ToLowerInvariant();

    public bool HasFiles => Specification.Rules.Folders.Count > 0;

    /// <summary>
    /// The id by which the backend knows the data set, which requests-proxy expects of a run with this key; null
    /// without a given key. Such a run takes a random one in its first attempt: its key follows from the specification
    /// alone, and a data set that was deleted and is loaded again is another one.
    /// </summary>
    public string? IngestorId =>
        Settings.RunKey is { } key ? Ingestion.Reporting.IngestorId.Of(key, Table) : null;

    /// <summary>The pods that load the rows together; null where this one loads them alone.</summary>
    public ShardSettings? Shards => ShardRule.ReasonAgainst(Specification) is null ? Settings.Shards : null;

    /// <summary>The name of the lock that the run of a table holds.</summary>
    public string TableLock => DatabaseStart.LockOf(Settings.Database, Table);

    public DatabaseRetry Retry => new(Time, Random.Shared.NextDouble, Logger);

    /// <summary>The scratch files of an attempt.</summary>
    /// <param name="owner">The table, or one pod of it that is not pod 0.</param>
    /// <param name="attempt">The attempt.</param>
    public RunScratch ScratchOf(string owner, Guid attempt) =>
        new(Settings.Scratch ?? Layout.HiddenRoot, Settings.Database, owner, attempt);

    /// <summary>The fault of a source that does not have the rows which it had when it was validated.</summary>
    public IngestorException OtherRows(long validated, long loaded) => new(
        IngestorExit.Failed,
        $"{Specification.Source} had {validated:N0} rows when it was validated, and {loaded:N0} when it was loaded; do "
        + "not change it during a run");

    /// <summary>The places of the data, which must be on the volume.</summary>
    /// <exception cref="IngestorException">One of them is absent or elsewhere.</exception>
    public DatasetFolder Data()
    {
        var named = DatasetFolder.Of(Specification);
        var key = Specification.Format == SourceFormat.Json ? "json" : "csv";
        return new(
            Layout.Resolve(key, Specification.Source),
            [.. named.Layout.Select(folder => folder with
            {
                Path = Layout.Resolve(
                    FolderRule.KeyOf(folder.Folder), Specification.Folders.Of(folder.Folder) ?? folder.Path),
            })])
        {
            Scripts =
            [
                .. Specification.Processors.Select(
                    processor => Layout.Resolve("spec.processors.script", processor.Script)),
            ],
        };
    }
}
