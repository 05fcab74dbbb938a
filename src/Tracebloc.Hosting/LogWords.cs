using Microsoft.Extensions.Logging;

namespace Tracebloc.Hosting;

/// <summary>The words of the variable LOG_LEVEL.</summary>
public static class LogWords
{
    /// <summary>The levels by the words of Python's logging, which the images of 1.x read.</summary>
    public static IReadOnlyDictionary<string, LogLevel> Levels { get; } = new Dictionary<string, LogLevel>
    {
        ["debug"] = LogLevel.Debug,
        ["info"] = LogLevel.Information,
        ["warning"] = LogLevel.Warning,
        ["error"] = LogLevel.Error,
        ["critical"] = LogLevel.Critical,
    };
}
