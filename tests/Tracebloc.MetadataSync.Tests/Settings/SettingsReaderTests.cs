using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Settings;

namespace Tracebloc.MetadataSync.Tests.Settings;

public sealed class SettingsReaderTests
{
    private const string Documented = """
        metadataStorage:
          enableMetadataStorage: true
          deletionDelay: 10s
          enableResourceVersionCache: false
        mysql:
          host: mysql
          port: 3306
          user: root
          password: root
          database: michelangelo
          maxOpenConns: 25
          maxIdleConns: 5
          connMaxLifetime: 5m
        ingester:
          concurrentReconciles: 2
          requeuePeriod: 30s
        """;

    [Fact]
    public void The_documented_file_is_read_as_it_is()
    {
        var settings = Some.Settings(Documented);

        var mySql = Assert.IsType<StorageGate.Enabled>(settings.Storage).MySql;
        Assert.Equal(("mysql", 3306, "root", "root", "michelangelo"),
            (mySql.Host, mySql.Port, mySql.User, mySql.Password.Reveal(), mySql.Database));
        Assert.Equal((25, 5, TimeSpan.FromMinutes(5)),
            (mySql.MostConnections, mySql.MostIdleConnections, mySql.ConnectionLife));
        Assert.Empty(settings.Warnings);
    }

    [Fact]
    public void What_the_documentation_gives_as_defaults_are_the_defaults()
    {
        var whole = Some.Settings(Documented);
        var least = Some.Settings("""
            metadataStorage: {enableMetadataStorage: true}
            mysql: {host: mysql, user: root, password: root, database: michelangelo}
            """);

        Assert.Equal(Of(whole), Of(least));
        Assert.Equal([2, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10)], Of(least)[..3]);

        static object[] Of(SyncSettings settings) =>
        [
            settings.Reconciling.Workers, settings.Reconciling.LongestRetry, settings.Reconciling.DeletionDelay,
            ((StorageGate.Enabled)settings.Storage).MySql with { Password = Some.Password },
        ];
    }

    [Fact]
    public void The_sandbox_of_today_is_read_with_the_stanzas_of_its_other_programs()
    {
        var settings = Some.Settings("""
            # michelangelo-controllermgr-config, base.yaml
            controllermgr:
              metricsBindAddress: ${METRICS_ADDRESS::8091}
              leaderElection: false
              leaderElectionID: decaf1259.michelangelo.uber.com
            logging: {level: info}
            metadataStorage:
              enableMetadataStorage: ${ENABLE_METADATA_STORAGE:true}
            mysql:
              enabled: true
              host: ${MYSQL_HOST:mysql}
              port: ${MYSQL_PORT:3306}
              user: root
              password: ${MYSQL_PASSWORD:root}
              database: michelangelo
            ingester:
              concurrentReconciles: 2
              requeuePeriod: 30s
              concurrentReconcilesMap:
                PipelineRun: 10
                Deployment: 3
                Pipeline: 3
                Revision: 3
            """, ("MYSQL_PORT", "3307"), ("MYSQL_PASSWORD", "12345"));

        var mySql = Assert.IsType<StorageGate.Enabled>(settings.Storage).MySql;
        Assert.Equal(("mysql", 3307, "12345"), (mySql.Host, mySql.Port, mySql.Password.Reveal()));
        Assert.Equal([10, 3, 2], new[] { "PipelineRun", "Revision", "Model" }.Select(Workers));
        Assert.Equal(
            ["config.yaml: ignored stanzas, which are not of metadata-sync: controllermgr, logging"],
            settings.Warnings);

        int Workers(string kind) => settings.Kinds.TryFind(kind, out var found)
            ? settings.Reconciling.WorkersOf(found) : 0;
    }

    [Theory]
    [InlineData("", "metadataStorage.enableMetadataStorage is not true")]
    [InlineData("mysql: {host: mysql}", "metadataStorage.enableMetadataStorage is not true")]
    [InlineData("metadataStorage: {enableMetadataStorage: true}", "mysql is not configured")]
    [InlineData("metadataStorage: {enableMetadataStorage: true}\nmysql:", "mysql is not configured")]
    [InlineData("metadataStorage: {enableMetadataStorage: true}\nmysql: {host: ''}", "mysql is not configured")]
    public void With_a_gate_closed_nothing_is_mirrored_and_the_reason_is_known(string text, string reason) =>
        Assert.Equal(new StorageGate.Disabled(reason), Some.Settings(text).Storage);

    [Fact]
    public void Zero_means_the_default_except_for_the_delay_of_deletions()
    {
        var settings = Some.Settings("""
            metadataStorage: {deletionDelay: 0s}
            mysql: {port: 0, maxOpenConns: 0, maxIdleConns: -1, connMaxLifetime: 0s, host: h}
            ingester: {concurrentReconciles: 0, requeuePeriod: 0s, deletionDelayMap: {Model: 1m}}
            """);

        Assert.Equal((2, TimeSpan.FromSeconds(30), TimeSpan.Zero),
            (settings.Reconciling.Workers, settings.Reconciling.LongestRetry, settings.Reconciling.DeletionDelay));
        Assert.True(settings.Kinds.TryFind("Model", out var model));
        Assert.Equal(TimeSpan.FromMinutes(1), settings.Reconciling.DeletionDelayOf(model));
    }

    [Fact]
    public void All_errors_are_reported_at_once_with_line_and_path()
    {
        var errors = Some.Errors("""
            metadataStorage:
              enableMetadataStorage: true
              deletionDelays: 10s
            mysql:
              host: mysql
              port: 70000
              user: root
              passwordFile: /nowhere/password
              password: secret
              tls: {ca: x}
            ingester:
              requeuePeriod: soon
              concurrentReconcilesMap: {PipelineRuns: 3, Model: many}
            kinds: []
            metadatastorage: {}
            retention: {deleted: 90, evictedMap: {Model: 10y}}
            """);

        Assert.Equal(
            [
                "config.yaml:3: metadataStorage.deletionDelays: is not a known key; did you mean deletionDelay?",
                "config.yaml:5: mysql: database is missing; write database: michelangelo",
                "config.yaml:6: mysql.port: must be at most 65535, but is 70000",
                "config.yaml:8: mysql.passwordFile: stands beside password; keep one of them",
                "config.yaml:10: mysql.tls.ca: is not a known key; known here: caFile",
                "config.yaml:10: mysql.tls: caFile is missing; write caFile: /etc/metadata-sync/mysql/ca.crt",
                "config.yaml:12: ingester.requeuePeriod: \"soon\" is not a duration; write it as 90s, 10m or 1h30m",
                "config.yaml:13: ingester.concurrentReconcilesMap.Model: must be a whole number, but is \"many\"",
                "config.yaml:13: ingester.concurrentReconcilesMap.PipelineRuns: is no kind that is mirrored; did you "
                    + "mean PipelineRun?",
                "config.yaml:14: kinds: must not be an empty list; remove the key",
                "config.yaml:15: metadatastorage: is not a known key; did you mean metadataStorage?",
                "config.yaml:16: retention.deleted: \"90\" is not an age; write it as 90d or 36h",
                "config.yaml:16: retention.evictedMap.Model: \"10y\" is not an age; write it as 90d or 36h",
            ],
            errors.Order(Some.ByLine));
    }

    [Theory]
    [InlineData("mysql: {host: h, user: u, database: d, password: [s3cret]}")]
    [InlineData("mysql: {host: h, user: u, database: d, password: s3cret, passwords: s3cret}")]
    [InlineData("mysql: {host: h, user: u, database: d, password: s3cret, passwordFile: /s3cret-is-no-file}")]
    [InlineData("mysql: {host: h, user: u, database: d, password: '${S3:s3cret}${ABSENT}'}")]
    public void No_error_repeats_a_password(string mySql) =>
        Assert.All(
            Some.Errors($"metadataStorage: {{enableMetadataStorage: true}}\n{mySql}"),
            error => Assert.DoesNotContain("s3cret", error));

    [Theory]
    [InlineData("p w\n", "p w")]
    [InlineData("p\r\n", "p")]
    [InlineData("p\n\n", "p\n")]
    [InlineData(" p ", " p ")]
    public void The_password_of_a_file_loses_the_end_of_its_line_only(string content, string password)
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(file, content);
        try
        {
            var settings = Some.Settings($"metadataStorage: {{enableMetadataStorage: true}}\n"
                + $"mysql: {{host: h, user: u, database: d, passwordFile: {file}, tls: {{caFile: /ca.crt}}}}");
            var mySql = Assert.IsType<StorageGate.Enabled>(settings.Storage).MySql;
            Assert.Equal((password, "/ca.crt"), (mySql.Options.Password, mySql.Options.CaFile));
            Assert.DoesNotContain(password.Trim(), mySql.ToString().Replace("Password", "", StringComparison.Ordinal)
                .Replace("Options", "", StringComparison.Ordinal).Replace("Port", "", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Kinds_are_added_and_those_of_the_platform_are_changed_in_place()
    {
        var settings = Some.Settings("""
            kinds:
            - kind: Model
              immutable: true
              columns: [{name: score, path: status.score, type: integer}]
              keys: [[score, owner]]
            - kind: Experiment
              group: ml.example.com
              version: v1beta1
              plural: experiments
              columns:
              - {name: title, path: spec.title, length: 64}
              - {name: ended_at, path: status.endedAt, type: time}
              - {name: is_done, path: status.done, type: flag}
              keys:
              - [title]
            retention: {deleted: 90d, evicted: 1000d, deletedMap: {Experiment: 12h}}
            """);

        Assert.Equal(14, settings.Kinds.All.Count);
        Assert.True(settings.Kinds.TryFind("Model", out var model));
        Assert.True(model.IsImmutable);
        Assert.Equal(new IndexedColumn("score", "status.score", ColumnType.Integer), model.Columns[^1]);
        Assert.Equal(["score", "owner"], model.Keys[^1]);
        Assert.True(settings.Kinds.TryFind("Experiment", out var added));
        Assert.Equal("ml.example.com/v1beta1", added.Type.ApiVersion);
        Assert.Equal(
            [("title", 64, ColumnType.Text), ("ended_at", 255, ColumnType.Time), ("is_done", 255, ColumnType.Flag)],
            added.Columns.Select(column => (column.Name, column.Length, column.Type)));
        Assert.Equal(
            [TimeSpan.FromHours(12), TimeSpan.FromDays(90), TimeSpan.FromDays(1000)],
            [settings.Retention.DeletedOf(added), settings.Retention.DeletedOf(model),
                settings.Retention.EvictedOf(added)]);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(", scope: Namespaced", true)]
    [InlineData(", scope: Cluster", false)]
    public void A_kind_has_namespaces_unless_its_scope_is_the_cluster(string scope, bool isNamespaced)
    {
        var settings = Some.Settings(
            $"kinds: [{{kind: Region, plural: regions, group: ml.example.com, version: v1{scope}}}]");

        Assert.Equal(isNamespaced, settings.Kinds.All[^1].IsNamespaced);
        Assert.All(KindTable.All, kind => Assert.True(kind.IsNamespaced));
    }

    [Fact]
    public void A_scope_is_one_of_two_words_and_stands_where_a_kind_is_added() => Assert.Equal(
        [
            "config.yaml:2: kinds[0].scope: \"cluster\" is not a scope; use Namespaced or Cluster",
            "config.yaml:3: kinds[1].scope: must be text, but is a list",
            "config.yaml:4: kinds[2].scope: is for a kind that is added, and Model is there already; remove the key",
            "config.yaml:5: kinds[3].scope: \"Global\" is not a scope; use Namespaced or Cluster",
        ],
        Some.Errors("""
            kinds:
            - {kind: Region, plural: regions, group: ml.example.com, version: v1, scope: cluster}
            - {kind: Zone, plural: zones, group: ml.example.com, version: v1, scope: [Cluster]}
            - {kind: Model, scope: Cluster}
            - {kind: Project, scope: Global}
            """).Order(Some.ByLine));

    [Fact]
    public void A_fault_of_a_kind_has_the_line_of_its_key() =>
        Assert.Equal(
            [
                "config.yaml:3: kinds[0].columns[1].name: a column owner is there already; choose another name",
                "config.yaml:4: kinds[1].kind: Deployment would have table deployment, as Deployment of "
                    + "michelangelo.api has; only one of them can be mirrored",
                "config.yaml:8: kinds[2]: plural is missing; write plural: experiments",
                "config.yaml:9: kinds[2].columns[0].length: is for columns of type text; remove the key",
            ],
            Some.Errors("""
                kinds:
                - kind: Model
                  columns: [{name: x, path: spec.x}, {name: owner, path: spec.o}]
                - kind: Deployment
                  group: apps
                  version: v1
                  plural: deployments
                - {kind: Experiment, group: ml.example.com, version: v1, columns: [
                    {name: a, path: spec.a, type: time, length: 5}]}
                """).Order(Some.ByLine));

    [Fact]
    public void A_variable_that_is_not_set_needs_a_default_and_a_dollar_can_be_written()
    {
        Assert.Equal(
            [
                "config.yaml:1: mysql.host: environment variable HOST is not set; set it, or write a default: "
                    + "${HOST:default}",
            ],
            Some.Errors("mysql: {host: '${HOST}'}"));
        var settings = Some.Settings("""
            metadataStorage: {enableMetadataStorage: true}
            mysql: {host: 'h', user: 'u', database: 'd', password: 'a$$b$c${D:e:f}'}
            """);
        Assert.Equal("a$b$ce:f", Assert.IsType<StorageGate.Enabled>(settings.Storage).MySql.Password.Reveal());
    }
}
