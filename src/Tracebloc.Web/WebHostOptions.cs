using System.Net;

namespace Tracebloc.Web;

/// <summary>The address of a server and its bounds.</summary>
public sealed record WebHostOptions
{
    /// <summary>Port 0 takes a free one; <c>[::]</c> takes IPv4, too.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>The setting that gives the address, as messages name it: <c>LISTEN</c>, <c>--listen</c>.</summary>
    public required string Setting { get; init; }

    /// <summary>The certificate for https; null: http.</summary>
    public ServerCertificate? Certificate { get; init; }

    /// <summary>The longest body of a request; an endpoint may set less.</summary>
    public required long MostBodyBytes { get; init; }

    /// <summary>More connections are closed at once.</summary>
    public required int MostConnections { get; init; }

    /// <summary>The line and the headers of a request must have arrived by then.</summary>
    public TimeSpan Head { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>An idle connection is closed after it.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Requests under way have so long after the stop; then their connections are closed.</summary>
    public required TimeSpan Shutdown { get; init; }
}
