using Microsoft.Extensions.Logging;

namespace Tracebloc.ImageRefresh;

/// <summary>What <c>image-refresh resolve</c> was told.</summary>
internal sealed record ResolveOptions
{
    /// <summary>As they were written: one that does not parse has its own line in the answer.</summary>
    public required IReadOnlyList<string> Images { get; init; }

    public string? Config { get; init; }

    public OutputFormat Output { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}
