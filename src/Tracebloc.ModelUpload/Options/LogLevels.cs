using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Tracebloc.ModelUpload.Options;

/// <summary>Log levels by Python's names and numbers, and by this product's names.</summary>
internal static class LogLevels
{
    public const string Variable = "LOGLEVEL";

    public const string Remedy = "write debug, info, warning, error, critical, or a number from 0 to 50";

    /// <summary>The level of the process by <see cref="Variable"/>; information where it is none.</summary>
    public static LogLevel OfProcess(IReadOnlyDictionary<string, string> environment) =>
        TryParse(environment.GetValueOrDefault(Variable)?.Trim() ?? "", out var level) ? level : LogLevel.Information;

    public static bool TryParse(string text, out LogLevel level)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            level = OfNumber(number);
            return true;
        }
        LogLevel? named = text.ToUpperInvariant() switch
        {
            "NOTSET" or "TRACE" => LogLevel.Trace,
            "DEBUG" => LogLevel.Debug,
            "INFO" or "INFORMATION" => LogLevel.Information,
            "WARN" or "WARNING" => LogLevel.Warning,
            "ERROR" => LogLevel.Error,
            "CRITICAL" or "FATAL" => LogLevel.Critical,
            _ => null,
        };
        level = named ?? LogLevel.Information;
        return named is not null;
    }

    // https://docs.python.org/3/library/logging.html#logging-levels
    private static LogLevel OfNumber(int number) => number switch
    {
        < 10 => LogLevel.Trace,
        < 20 => LogLevel.Debug,
        < 30 => LogLevel.Information,
        < 40 => LogLevel.Warning,
        < 50 => LogLevel.Error,
        _ => LogLevel.Critical,
    };
}
