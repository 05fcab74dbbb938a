using Tracebloc.CommandLine;

namespace Tracebloc.ImageRefresh.Pin;

internal enum PinMode
{
    Pin,
    Check,
    Unpin,
}

/// <summary>The options of <c>image-refresh pin</c>.</summary>
internal sealed record PinOptions
{
    public required string File { get; init; }

    /// <summary>The paths of the images in the file; everything under <c>images</c> when there are none.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    public PinMode Mode { get; init; }

    public bool DryRun { get; init; }

    public string? Config { get; init; }

    public OutputFormat Output { get; init; }
}
