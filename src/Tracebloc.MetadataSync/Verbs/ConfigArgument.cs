using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.MetadataSync.Settings;

namespace Tracebloc.MetadataSync.Verbs;

/// <summary>The options that every verb has: the configuration and the level of the log.</summary>
internal sealed class ConfigArgument
{
    private readonly Option<string?> _config = new("--config")
    {
        HelpName = "FILE",
        Description = $"The configuration, YAML. Default: {SettingsReader.DefaultPath}. Example: --config config.yaml",
    };

    private readonly Option<LogLevel?> _level = CommonOptions.Level();

    public void AddTo(Verb verb) => verb.Add(_config, _level);

    public string PathOf(ParseResult result) => result.GetValue(_config) ?? SettingsReader.DefaultPath;

    public LogLevel LevelOf(ParseResult result) => result.GetValue(_level) ?? LogLevel.Information;
}
