using System.Net;
using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;

namespace Tracebloc.JobsManager.Settings;

/// <summary>The environment of <c>jobs-manager proxy</c>, read once and complete.</summary>
internal sealed record ForwardSettings
{
    public required string ClientId { get; init; }

    public required Secret ClientPassword { get; init; }

    /// <summary>The root of the central backend, with a slash at the end.</summary>
    public required Uri Backend { get; init; }

    /// <summary>BACKEND_CA_FILE: a PEM file of authorities to trust beside the system's.</summary>
    public string? BackendAuthorities { get; init; }

    /// <summary>Signs the tokens of runs.</summary>
    public required Secret SigningKey { get; init; }

    /// <summary>The life of a renewed token.</summary>
    public required TimeSpan TokenLife { get; init; }

    public required IPEndPoint Listen { get; init; }

    public required LogLevel LogLevel { get; init; }
}
