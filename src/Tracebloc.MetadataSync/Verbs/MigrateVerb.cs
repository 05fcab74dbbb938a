using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Database;
using Tracebloc.Hosting;
using Tracebloc.MetadataSync.Schema;
using Tracebloc.MetadataSync.Settings;

namespace Tracebloc.MetadataSync.Verbs;

/// <summary><c>metadata-sync migrate</c>.</summary>
internal sealed partial class MigrateVerb : Verb<MigrateOptions>
{
    // A hook of the chart may run before the server has started.
    private static readonly TimeSpan DatabaseWait = TimeSpan.FromMinutes(2);

    private readonly ConfigArgument _config = new();

    private readonly Option<bool> _plan = new("--plan")
    {
        Description = "Print the SQL and change nothing. Default: off. Example: --plan",
    };

    private readonly Func<LogLevel, ProgramContext> _context;

    public MigrateVerb(Func<LogLevel, ProgramContext> context)
        : base("migrate", "Creates the tables, or brings those that are there to the form that is needed.")
    {
        _context = context;
        Add(_plan);
        _config.AddTo(this);
    }

    public override string Examples =>
        """
          metadata-sync migrate --plan
          metadata-sync migrate --config config.yaml
        """;

    protected override MigrateOptions Parse(ParseResult result) => new(
        _config.PathOf(result), result.GetValue(_plan), _config.LevelOf(result));

    public override async Task<int> ExecuteAsync(MigrateOptions options, CancellationToken token)
    {
        var program = _context(options.LogLevel);
        var settings = SettingsReader.Read(options.Config, program.Variable);
        foreach (var warning in settings.Warnings)
            LogWarning(program.Logger, warning);
        if (settings.Storage is not StorageGate.Enabled { MySql: var mySql })
        {
            LogDisabled(program.Logger, ((StorageGate.Disabled)settings.Storage).Reason);
            return MetadataSyncExit.Done;
        }

        var server = await DatabaseServer.WaitAsync(
            mySql.Options, DatabaseWait, program.Time, program.Logger, token);
        var retry = new DatabaseRetry(program.Time, Random.Shared.NextDouble, program.Logger);
        var migration = new SchemaMigration(server, settings.Kinds, retry, program.Logger);
        if (options.PlansOnly)
            program.Out.Write(PlanText.Of(await migration.PlanAsync(token), mySql.Options));
        else
            LogDone(program.Logger, mySql.Database, await migration.RunAsync(token));
        return MetadataSyncExit.Done;
    }

    [LoggerMessage(810, LogLevel.Warning, "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);

    [LoggerMessage(811, LogLevel.Information, "Metadata storage disabled, nothing to migrate: {Reason}")]
    private static partial void LogDisabled(ILogger logger, string reason);

    [LoggerMessage(812, LogLevel.Information, "Database {Database} is up to date, changes made: {Count}")]
    private static partial void LogDone(ILogger logger, string database, int count);
}

/// <summary>The options of <c>metadata-sync migrate</c>.</summary>
internal sealed record MigrateOptions(string Config, bool PlansOnly, LogLevel LogLevel);
