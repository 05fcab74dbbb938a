using Microsoft.Extensions.Logging;

namespace Tracebloc.Ingestor.Settings;

/// <summary>The environment of a run, read once and complete.</summary>
internal sealed record IngestorSettings
{
    /// <summary>The path of the specification: INGEST_CONFIG.</summary>
    public required string Specification { get; init; }

    public required DatabaseSettings Database { get; init; }

    /// <summary>Null with CLIENT_ENV=local: then the backend is never called.</summary>
    public BackendSettings? Backend { get; init; }

    /// <summary>The folder that holds every data set: STORAGE_PATH.</summary>
    public required string Storage { get; init; }

    /// <summary>The key that all attempts of one Job share; null: derived from the specification.</summary>
    public string? RunKey { get; init; }

    /// <summary>The pods that share the load; null: this one loads alone.</summary>
    public ShardSettings? Shards { get; init; }

    /// <summary>True: the data set replaces the one that its table holds, once it is registered.</summary>
    public bool Overwrite { get; init; }

    /// <summary>The title of the data set; null: category and run.</summary>
    public string? Title { get; init; }

    /// <summary>The rows of one call to the backend.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The interpreter of processors; null: python3 from PATH.</summary>
    public string? Python { get; init; }

    /// <summary>The folders in which programs are looked up.</summary>
    public string? Path { get; init; }

    /// <summary>The folder of scratch files; null: a hidden one in <see cref="Storage"/>.</summary>
    public string? Scratch { get; init; }

    public required LogLevel LogLevel { get; init; }
}
