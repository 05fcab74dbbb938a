using System.Text;
using Microsoft.Extensions.Logging;
using Tracebloc.Database;
using Tracebloc.Hosting;
using Tracebloc.Integration.Tests.Ingestion;
using Tracebloc.MetadataSync.Verbs;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.MetadataSync;

/// <summary><c>metadata-sync migrate</c> by a configuration file, on both servers.</summary>
[Collection(RealDatabases.Collection)]
public sealed class MigrateVerbTests(RealDatabases databases) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly RecordingLogger _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(RealDatabases.Kinds), MemberType = typeof(RealDatabases))]
    public async Task A_file_leads_to_a_plan_and_to_the_tables_that_the_plan_creates(ServerKind kind)
    {
        var options = await databases[kind].NewAsync(Token);

        var plan = await MigrateAsync(options, plansOnly: true);
        var after = await databases[kind].RunAsync($"SHOW TABLES FROM {options.Database}", Token);
        await MigrateAsync(options, plansOnly: false);

        Assert.Empty(after);
        Assert.Contains("-- model: create\nCREATE TABLE IF NOT EXISTS `model` (", plan, StringComparison.Ordinal);
        Assert.Equal(43, plan.Split('\n').Count(line => line.StartsWith("CREATE TABLE", StringComparison.Ordinal)));
        Assert.Equal(43, (await databases[kind].RunAsync($"SHOW TABLES FROM {options.Database}", Token)).Count);
        Assert.Equal("-- nothing to do\n", await MigrateAsync(options, plansOnly: true));
        Assert.Contains(
            _log.Lines, line => line.EndsWith($"Database {options.Database} is up to date, changes made: 43"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<string> MigrateAsync(DatabaseOptions options, bool plansOnly)
    {
        var (config, password) = (Path.Combine(_folder, "config.yaml"), Path.Combine(_folder, "password"));
        await File.WriteAllTextAsync(password, $"{options.Password}\n", Token);
        await File.WriteAllTextAsync(
            config,
            $$"""
            metadataStorage: {enableMetadataStorage: true}
            mysql:
              host: {{options.Host}}
              port: ${MYSQL_PORT:1}
              user: {{options.User}}
              database: {{options.Database}}
              passwordFile: {{password}}
              tls: {caFile: {{options.CaFile}}}
            """,
            Token);
        using var output = new MemoryStream();
        var verb = new MigrateVerb(_ => new ProgramContext(
            TimeProvider.System,
            name => name == "MYSQL_PORT" ? $"{options.Port}" : null,
            _log,
            new ResultWriter(() => output)));
        Assert.Equal(0, await verb.ExecuteAsync(new MigrateOptions(config, plansOnly, LogLevel.Information), Token));
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
