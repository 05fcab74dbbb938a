using System.Net;
using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;
using Tracebloc.Database;

namespace Tracebloc.JobsManager.Settings;

/// <summary>The environment of <c>jobs-manager serve</c>, read once and complete.</summary>
internal sealed record ServeSettings
{
    public required DatabaseOptions Database { get; init; }

    /// <summary>Signs the tokens of runs.</summary>
    public required Secret SigningKey { get; init; }

    /// <summary>The life of a run's token.</summary>
    public required TimeSpan TokenLife { get; init; }

    public required PodSettings Pods { get; init; }

    /// <summary>INGESTOR_IMAGE_REPOSITORY, with the mirror's host where there is one.</summary>
    public required string ImageRepository { get; init; }

    public string? ImageTag { get; init; }

    public string? ImageDigest { get; init; }

    /// <summary>The file of the policy: INGESTION_AUTHZ.</summary>
    public required string Policy { get; init; }

    public required IPEndPoint Listen { get; init; }

    /// <summary>The namespace of runs; null: that of the service account.</summary>
    public string? Namespace { get; init; }

    /// <summary>The finished runs that are kept.</summary>
    public required int KeptRuns { get; init; }

    /// <summary>The age at which a finished run is purged.</summary>
    public required TimeSpan KeptFor { get; init; }

    public required LogLevel LogLevel { get; init; }
}
