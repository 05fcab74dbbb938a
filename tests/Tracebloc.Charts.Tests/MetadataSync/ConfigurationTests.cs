using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Settings;

namespace Tracebloc.Charts.Tests.MetadataSync;

/// <summary>The configuration file that the program is given, read as the program reads it.</summary>
public sealed class ConfigurationTests
{
    public static TheoryData<string> Examples => [.. SyncChart.Chart.Examples];

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task The_program_accepts_the_file_of_every_example(string example) =>
        Assert.Empty(SyncChart.SettingsIn(await SyncChart.Chart.RenderExampleAsync(example)).Warnings);

    [Fact]
    public async Task Without_values_the_gate_is_closed() => Assert.Equal(
        new StorageGate.Disabled("metadataStorage.enableMetadataStorage is not true"),
        SyncChart.SettingsIn(await SyncChart.RenderAsync()).Storage);

    [Fact]
    public async Task Without_the_stanza_of_mysql_the_gate_is_closed() => Assert.Equal(
        new StorageGate.Disabled("mysql is not configured"),
        SyncChart.SettingsIn(await SyncChart.Chart.RenderExampleAsync("no-stanza-values.yaml")).Storage);

    /// <summary>The defaults of the chart are those of the program.</summary>
    [Fact]
    public async Task An_installation_with_a_server_alone_has_the_defaults_of_the_program()
    {
        var settings = SyncChart.SettingsIn(await SyncChart.RenderEnabledAsync());

        var (reconciling, retention) = (new ReconcileSettings(), new RetentionSettings());
        Assert.Equal(reconciling.Workers, settings.Reconciling.Workers);
        Assert.Equal(reconciling.LongestRetry, settings.Reconciling.LongestRetry);
        Assert.Equal(reconciling.DeletionDelay, settings.Reconciling.DeletionDelay);
        Assert.Equal((retention.Deleted, retention.Evicted), (settings.Retention.Deleted, settings.Retention.Evicted));
        Assert.False(settings.CachesVersions);
        var server = MySqlOf(settings);
        Assert.Equal(
            new MySqlSettings
            {
                Host = "mysql",
                User = "sync",
                Database = "michelangelo",
                Password = server.Password,
            },
            server);
        Assert.Equal("s3cret", server.Password.Reveal());
    }

    [Fact]
    public async Task Each_value_arrives()
    {
        var settings = SyncChart.SettingsIn(await SyncChart.Chart.RenderExampleAsync("everything-values.yaml"));

        var server = MySqlOf(settings);
        Assert.Equal(
            ("mysql.data.svc", 3307, "mirror", "metadata"),
            (server.Host, server.Port, server.User, server.Database));
        Assert.Equal(
            (40, 10, TimeSpan.FromMinutes(10)),
            (server.MostConnections, server.MostIdleConnections, server.ConnectionLife));
        Assert.Equal("/etc/metadata-sync/mysql/ca.crt", server.CaFile);
        var (kinds, reconciling, retention) = (settings.Kinds, settings.Reconciling, settings.Retention);
        var (run, model, project) = (KindOf(kinds, "PipelineRun"), KindOf(kinds, "Model"), KindOf(kinds, "Project"));
        Assert.Equal((8, 4), (reconciling.WorkersOf(run), reconciling.WorkersOf(model)));
        Assert.Equal(
            (TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(90)),
            (reconciling.LongestRetryOf(model), reconciling.LongestRetryOf(run)));
        Assert.Equal(
            (TimeSpan.FromMinutes(1), TimeSpan.Zero),
            (reconciling.DeletionDelayOf(project), reconciling.DeletionDelayOf(run)));
        Assert.Equal(
            (TimeSpan.FromDays(30), TimeSpan.FromDays(90)), (retention.DeletedOf(run), retention.DeletedOf(model)));
        Assert.Equal(
            (TimeSpan.FromHours(36), TimeSpan.FromDays(365)), (retention.EvictedOf(run), retention.EvictedOf(model)));
        Assert.True(run.IsImmutable);
        Assert.Equal(["owner", "started"], KindOf(kinds, "Experiment").Columns.Select(column => column.Name));
        Assert.Equal(
            (true, false), (KindOf(kinds, "Experiment").IsNamespaced, KindOf(kinds, "Region").IsNamespaced));
        Assert.True(settings.CachesVersions);
    }

    [Theory]
    [InlineData("api-values.yaml")]
    [InlineData("former-values.yaml")]
    public async Task No_password_is_in_the_file(string example)
    {
        var file = SyncChart.FileIn(await SyncChart.Chart.RenderExampleAsync(example));

        Assert.DoesNotContain("password:", file);
        Assert.Contains($"passwordFile: {SyncChart.PasswordFile}", file);
    }

    [Fact]
    public async Task The_migration_has_the_same_file()
    {
        var chart = await SyncChart.RenderEnabledAsync();

        Assert.Equal(SyncChart.FileIn(chart), SyncChart.FileIn(chart, "acme-migrate"));
    }

    [Fact]
    public async Task Another_file_restarts_the_pods()
    {
        var checksums = new List<string>();
        foreach (var values in new[] { "", "", "ingester: {concurrentReconciles: 3}\n" })
            checksums.Add((await SyncChart.RenderEnabledAsync(values)).Deployment("acme")
                .PodMetadata["annotations"]["checksum/config"].Text);

        Assert.Equal(checksums[0], checksums[1]);
        Assert.NotEqual(checksums[0], checksums[2]);
    }

    private static MySqlSettings MySqlOf(SyncSettings settings) =>
        Assert.IsType<StorageGate.Enabled>(settings.Storage).MySql;

    private static Kind KindOf(KindSet kinds, string name) => kinds.All.Single(kind => kind.Name == name);
}
