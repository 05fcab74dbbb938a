using Microsoft.Extensions.Logging;

namespace Tracebloc.Ingestor.Verbs;

/// <summary>The options of <c>ingestor stage</c>.</summary>
/// <param name="Folder">The name of the staging folder; null with <paramref name="IsSweep"/>.</param>
/// <param name="Volume">The folder of the volume.</param>
/// <param name="IsRemoval">True: the folder is removed.</param>
/// <param name="IsSweep">True: all folders that are not used any more are removed.</param>
/// <param name="LogLevel">The least level that is logged.</param>
internal sealed record StageOptions(string? Folder, string Volume, bool IsRemoval, bool IsSweep, LogLevel LogLevel)
{
    /// <summary>True: nothing is received; the program waits until no upload writes to the folder any more.</summary>
    public bool IsWait { get; init; }
}
