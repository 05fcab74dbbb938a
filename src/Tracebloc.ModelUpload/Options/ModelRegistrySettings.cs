using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;

namespace Tracebloc.ModelUpload.Options;

/// <summary>The Model Registry and the account there.</summary>
internal sealed record ModelRegistrySettings
{
    /// <summary>Scheme, host and port.</summary>
    public required Uri Address { get; init; }

    /// <summary>False accepts any certificate.</summary>
    public bool IsSecure { get; init; } = true;

    public string? Author { get; init; }

    public Secret? Token { get; init; }

    /// <summary>The path of a PEM bundle of authorities beyond the system's.</summary>
    public string? CustomCa { get; init; }

    /// <summary>The least level of log lines about the Model Registry.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;
}
