using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;

namespace Tracebloc.CommandLine;

/// <summary>Options that mean the same for every verb of every program.</summary>
/// <remarks>Options that may be absent are nullable: the help gives each default in the user's spelling.</remarks>
public static class CommonOptions
{
    private static readonly string[] ValueNames = ["--output=", "--output:", "-o=", "-o:"];

    /// <summary><c>--output text|json</c>.</summary>
    public static Option<OutputFormat?> Output() => new("--output", "-o")
    {
        HelpName = "text|json",
        Description = "The format of results on standard output. Default: text. Example: --output json",
        CustomParser = result => Parsing.Value(result) switch
        {
            "text" => OutputFormat.Text,
            "json" => OutputFormat.Json,
            var text => Parsing.Reject<OutputFormat?>(result, $"\"{text}\" is not an output; use text or json."),
        },
    };

    /// <summary>The format that a command line asks for, also where it contains a mistake.</summary>
    /// <param name="args">The arguments after the program's name.</param>
    public static OutputFormat FormatOf(IReadOnlyList<string> args)
    {
        ArgumentNullException.ThrowIfNull(args);
        var format = OutputFormat.Text;
        for (var i = 0; i < args.Count && args[i] != "--"; i++)
        {
            var value = args[i] is "--output" or "-o" && i + 1 < args.Count ? args[i + 1]
                : ValueNames.FirstOrDefault(args[i].StartsWith) is { } name ? args[i][name.Length..]
                : null;
            if (value is not null) format = value == "json" ? OutputFormat.Json : OutputFormat.Text;
        }

        return format;
    }

    /// <summary><c>--log-level LEVEL</c>.</summary>
    public static Option<LogLevel?> Level() => new("--log-level")
    {
        HelpName = "LEVEL",
        Description = "The least level that is logged to standard error: trace, debug, info, warning or error. "
            + "Default: info. Example: --log-level debug",
        CustomParser = result => Parsing.Value(result) switch
        {
            "trace" => LogLevel.Trace,
            "debug" => LogLevel.Debug,
            "info" => LogLevel.Information,
            "warning" => LogLevel.Warning,
            "error" => LogLevel.Error,
            var text => Parsing.Reject<LogLevel?>(
                result, $"\"{text}\" is not a level; use trace, debug, info, warning or error."),
        },
    };

    /// <summary><c>--dry-run</c>.</summary>
    public static Option<bool> DryRun() => new("--dry-run")
    {
        Description = "Report what would be done and change nothing. Default: off. Example: --dry-run",
    };

    /// <summary>An option that takes a duration such as <c>1h30m</c>.</summary>
    public static Option<TimeSpan?> OfDuration(string name, string description) => new(name)
    {
        HelpName = "DURATION",
        Description = description,
        CustomParser = result => Duration.TryParse(Parsing.Value(result), out var duration, out var error)
            ? duration
            : Parsing.Reject<TimeSpan?>(result, $"{name} {error}."),
    };
}
