using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Tracebloc.Hosting;

namespace Tracebloc.ImageRefresh;

internal static partial class CommandLine
{
    private static readonly TimeSpan DefaultInterval = TimeSpan.FromMinutes(15);

    private static Option<string> Config(bool required) => new("--config")
    {
        HelpName = "FILE",
        Required = required,
        Description = required
            ? "The configuration, YAML or JSON. Default: none, it must be given. "
                + "Example: --config /etc/image-refresh/refresh.yaml"
            : "A configuration, of which only the registries are read. Default: none. Example: --config refresh.yaml",
    };

    // Values that may be absent are nullable: the defaults are said in the text, in the user's spelling.
    private static Option<OutputFormat?> Output() => new("--output", "-o")
    {
        HelpName = "text|json",
        Description = "How results are written to standard output. Default: text. Example: --output json",
        CustomParser = result => Value(result) switch
        {
            "text" => OutputFormat.Text,
            "json" => OutputFormat.Json,
            var text => Refuse<OutputFormat?>(result, $"\"{text}\" is not an output; use text or json."),
        },
    };

    private static Option<LogLevel?> Level() => new("--log-level")
    {
        HelpName = "LEVEL",
        Description = "The least level that is logged to standard error: trace, debug, info, warning or error. "
            + "Default: info. Example: --log-level debug",
        CustomParser = result => Value(result) switch
        {
            "trace" => LogLevel.Trace,
            "debug" => LogLevel.Debug,
            "info" => LogLevel.Information,
            "warning" => LogLevel.Warning,
            "error" => LogLevel.Error,
            var text => Refuse<LogLevel?>(
                result, $"\"{text}\" is not a level; use trace, debug, info, warning or error."),
        },
    };

    private static Option<bool> DryRun() => new("--dry-run")
    {
        Description = "Say what would be done and change nothing. Default: off. Example: --dry-run",
    };

    private static Option<TimeSpan?> Interval() => OfDuration(
        "--interval", "From the start of one tick to the start of the next. Default: 15m. Example: --interval 1h30m");

    private static Option<TimeSpan?> OfDuration(string name, string description) => new(name)
    {
        HelpName = "DURATION",
        Description = description,
        CustomParser = result => Duration.TryParse(Value(result), out var duration, out var error)
            ? duration
            : Refuse<TimeSpan?>(result, $"{name} {error}."),
    };

    private static Option<string> Listen() => new("--listen")
    {
        HelpName = "ADDRESS:PORT",
        Description = "Where /healthz and /readyz are served, by IPv4. Default: nowhere. "
            + "Example: --listen 0.0.0.0:8080",
        CustomParser = result => Value(result) switch
        {
            var text when !IsAddressAndPort(text) =>
                Refuse<string>(result, $"--listen \"{text}\" is not ADDRESS:PORT; write it like 0.0.0.0:8080."),
            var text when !HealthEndpoint.CanServe(text) => Refuse<string>(
                result,
                $"--listen \"{text}\" is an IPv6 address, and served is IPv4 alone; write it like 0.0.0.0:8080."),
            var text => text,
        },
    };

    // The parser would take an option that the command does not have for its argument.
    private static void RefuseOptions(Argument argument) => argument.Validators.Add(result =>
    {
        foreach (var token in result.Tokens)
            if (token.Value.StartsWith('-')) result.AddError($"Unrecognized command or argument '{token.Value}'.");
    });

    internal static string Value(ArgumentResult result) => result.Tokens[^1].Value;

    internal static T? Refuse<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }

    private static bool IsAddressAndPort(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0
            && ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port > 0;
    }
}
