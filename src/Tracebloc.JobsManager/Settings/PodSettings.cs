namespace Tracebloc.JobsManager.Settings;

/// <summary>The part of a pod that all runs share.</summary>
internal sealed record PodSettings
{
    public required string MysqlHost { get; init; }

    public int MysqlPort { get; init; } = 3306;

    /// <summary>The Secret with DB_USER and DB_PASSWORD of runs.</summary>
    public required string DatabaseSecret { get; init; }

    /// <summary>
    /// INGEST_DB_CA: the ConfigMap whose <c>ca.crt</c> holds the database's authorities. With it runs require TLS and
    /// verify the database.
    /// </summary>
    public string? DatabaseAuthorities { get; init; }

    /// <summary>The address of requests-proxy.</summary>
    public required string ProxyUrl { get; init; }

    /// <summary>CLIENT_ENV.</summary>
    public required string Environment { get; init; }

    /// <summary>The claim with the data: CLIENT_PVC.</summary>
    public required string Claim { get; init; }

    public string? PullSecret { get; init; }

    public string? RuntimeClass { get; init; }

    /// <summary>INGEST_REQUESTS, by resource.</summary>
    public required IReadOnlyDictionary<string, string> Requests { get; init; }

    /// <summary>INGEST_LIMITS, by resource.</summary>
    public required IReadOnlyDictionary<string, string> Limits { get; init; }

    public IReadOnlyDictionary<string, string> NodeSelector { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// INGEST_FIXED_USER: runs without <see cref="User"/> and <see cref="Group"/> have fixed ones, else the cluster
    /// chooses, as a constraint of OpenShift does.
    /// </summary>
    public bool HasFixedUser { get; init; } = true;

    /// <summary>HOST_UID, for volumes whose owner cannot be changed.</summary>
    public int? User { get; init; }

    /// <summary>HOST_GID.</summary>
    public int? Group { get; init; }
}
