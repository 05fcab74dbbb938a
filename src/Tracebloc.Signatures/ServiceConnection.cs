using Tracebloc.Net;

namespace Tracebloc.Signatures;

/// <summary>The way to the services of sigstore, and the limits of each call.</summary>
public sealed record ServiceConnection
{
    /// <summary>The trusted servers; null: those of the system's authorities.</summary>
    public ServerTrust? Trust { get; init; }

    /// <summary>The way to the servers; null: direct.</summary>
    public ProxySettings? Proxy { get; init; }

    /// <summary>The deadline of one attempt with its answer. Rekor v2 answers only with the next checkpoint.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The most attempts of one call; repeated are those that may succeed later.</summary>
    public int Attempts { get; init; } = 4;

    /// <summary>The pauses between attempts where the server names none.</summary>
    public RetryPauses Pauses { get; init; } = new(TimeSpan.FromSeconds(20), Random.Shared.NextDouble);
}
