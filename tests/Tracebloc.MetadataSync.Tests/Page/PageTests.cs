using System.Text;
using System.Text.RegularExpressions;
using Tracebloc.Configuration;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.MetadataSync.Querying;
using Tracebloc.MetadataSync.Schema;
using Tracebloc.MetadataSync.Settings;
using Tracebloc.MetadataSync.Tests.Settings;
using Tracebloc.Testing;

namespace Tracebloc.MetadataSync.Tests.Page;

/// <summary>docs/metadata-sync.md: its tables are those of the program.</summary>
public sealed partial class PageTests
{
    private const string Required = "required";

    private static readonly MarkedPage Page = new("docs/metadata-sync.md");

    private static readonly Dictionary<string, string> Common = new()
    {
        ["uid"] = "the object's uid",
        ["group_ver"] = "`michelangelo.api/v2`",
        ["namespace"] = "",
        ["name"] = "",
        ["res_version"] = "the object's version",
        ["create_time"] = "the object's creation",
        ["update_time"] = "the last write that changed something",
        ["delete_time"] = "the deletion; NULL: not deleted",
        ["evicted_time"] = "the moment at which the object left the cluster; NULL: it did not",
        ["proto"] = "NULL",
        ["json"] = "the whole object",
    };

    [Fact]
    public void Each_key_of_the_configuration_has_its_default()
    {
        var rows = Row().Matches(Page.Part("configuration"))
            .ToDictionary(row => row.Groups["key"].Value, row => row.Groups["default"].Value.Trim('`'));

        Assert.Equal(Defaults, rows);
    }

    /// <summary>A key that the program does not know is an error of the reader.</summary>
    [Fact]
    public void Each_key_of_the_page_is_one_of_the_program()
    {
        var keys = Defaults.Keys.Where(key => key.Contains('.')).GroupBy(key => key.Split('.')[0]);

        foreach (var stanza in keys)
        {
            var lines = stanza.Select(key => key.Split('.')[1]).Distinct().Select(key => $"  {key}:");
            Assert.DoesNotContain(
                Faults($"{stanza.Key}:\n{string.Join('\n', lines)}\n"),
                error => error.Contains("known key", StringComparison.Ordinal));
            Assert.Contains(
                Faults($"{stanza.Key}:\n  surprise: 1\n"),
                error => error.Contains("known key", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Each_kind_has_its_row() => Page.Verify(
        "kinds",
        $"""

        | kind | table | columns, and their paths in the object | keys |
        |---|---|---|---|
        {string.Join('\n', KindTable.All.Select(kind =>
            $"| {kind.Name} | `{kind.Table}` | {ColumnsOf(kind)} | {KeysOf(kind)} |"))}

        """ + "\n");

    [Fact]
    public void Each_column_of_all_tables_has_its_row() => Page.Verify(
        "tables",
        $"""

        | column of the main table | type | value |
        |---|---|---|
        {string.Join('\n', KindTables.Common.Select(column =>
            $"| `{column.Name}` | {column.Type} | {Common[column.Name]} |"))}

        Labels and annotations have a row for each key:

        | column | type in `_labels` | type in `_annotations` |
        |---|---|---|
        {string.Join('\n', KindTables.LabelsOf(KindTable.All[0]).Columns
            .Zip(KindTables.AnnotationsOf(KindTable.All[0]).Columns)
            .Select(pair => $"| `{pair.First.Name}` | {pair.First.Type} | {pair.Second.Type} |"))}

        """ + "\n");

    [Fact]
    public void Its_kinds_of_your_own_are_accepted()
    {
        var settings = Some.Settings(Example().Match(Page.Text).Groups[1].Value);

        Assert.Equal(KindTable.All.Count + 1, settings.Kinds.All.Count);
        Assert.Contains(
            settings.Kinds.All.Single(kind => kind.Name == "RayJob").Columns,
            column => column == new IndexedColumn("entrypoint", "spec.entrypoint"));
    }

    [Fact]
    public void Its_query_is_accepted()
    {
        var body = Query().Match(Page.Text).Groups[1].Value;

        var query = QueryReader.Read(
            Encoding.UTF8.GetBytes(body), new Selection(KindTable.All.Single(kind => kind.Name == "Model"), "demo"));

        Assert.StartsWith("o.`create_time` DESC", query.Order);
        Assert.Equal((50, 0), (query.Limit, query.Offset));
        Assert.Contains("xg%", query.Filter.Values);
    }

    [Fact]
    public void Its_loops_name_every_kind()
    {
        Assert.All(KindTable.All, kind => Assert.Matches($@"for table in [a-z \\\n]*\b{kind.Table}\b", Page.Text));
        Assert.All(KindTable.All, kind => Assert.Matches($@"for kind in [a-z \\\n]*\b{kind.Plural}\b", Page.Text));
    }

    private static Dictionary<string, string> Defaults
    {
        get
        {
            var (reconciling, retention) = (new ReconcileSettings(), new RetentionSettings());
            var server = new MySqlSettings { Host = "", User = "", Database = "", Password = Some.Password };
            return new()
            {
                ["metadataStorage.enableMetadataStorage"] =
                    Some.Settings("").Storage is StorageGate.Disabled ? "false" : "true",
                ["metadataStorage.deletionDelay"] = Duration.Format(reconciling.DeletionDelay),
                ["metadataStorage.enableResourceVersionCache"] = Some.Settings("").CachesVersions ? "true" : "false",
                ["mysql.host"] = Required,
                ["mysql.port"] = $"{server.Port}",
                ["mysql.user"] = Required,
                ["mysql.password"] = "required, or `passwordFile",
                ["mysql.passwordFile"] = "none",
                ["mysql.database"] = Required,
                ["mysql.tls.caFile"] = server.CaFile ?? "none",
                ["mysql.maxOpenConns"] = $"{server.MostConnections}",
                ["mysql.maxIdleConns"] = $"{server.MostIdleConnections}",
                ["mysql.connMaxLifetime"] = Duration.Format(server.ConnectionLife),
                ["ingester.concurrentReconciles"] = $"{reconciling.Workers}",
                ["ingester.requeuePeriod"] = Duration.Format(reconciling.LongestRetry),
                ["ingester.concurrentReconcilesMap"] = NoneWhere(reconciling.WorkersByKind.Count == 0),
                ["ingester.requeuePeriodMap"] = NoneWhere(reconciling.LongestRetryByKind.Count == 0),
                ["ingester.deletionDelayMap"] = NoneWhere(reconciling.DeletionDelayByKind.Count == 0),
                ["kinds"] = "none",
                ["retention.deleted"] = AgeOf(retention.Deleted),
                ["retention.evicted"] = AgeOf(retention.Evicted),
                ["retention.deletedMap"] = NoneWhere(retention.DeletedByKind.Count == 0),
                ["retention.evictedMap"] = NoneWhere(retention.EvictedByKind.Count == 0),
            };
        }
    }

    private static string NoneWhere(bool isEmpty) => isEmpty ? "none" : "some";

    private static string AgeOf(TimeSpan? age) => age is null ? "for ever" : $"{age}";

    private static IReadOnlyList<string> Faults(string text)
    {
        try
        {
            Some.Settings(text);
            return [];
        }
        catch (ConfigurationException wrong)
        {
            return [.. wrong.Errors.Select(error => error.ToString())];
        }
    }

    private static string ColumnsOf(Kind kind) => kind.Columns.Count == 0
        ? ""
        : string.Join(", ", kind.Columns.Select(column =>
            $"`{column.Name}` ← {column.Path}{TypeOf(KindTables.Indexed(column).Type)}"));

    private static string TypeOf(string type) => type == "VARCHAR(255)" ? "" : $" ({type})";

    private static string KeysOf(Kind kind) =>
        string.Join("; ", kind.Keys.Select(columns => string.Join(", ", columns)));

    [GeneratedRegex(@"(?m)^\| `(?<key>[A-Za-z.]+)` \| (?<default>[^|]+) \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"```yaml\n(kinds:\n[\s\S]*?)```")]
    private static partial Regex Example();

    [GeneratedRegex(@"```json\n([\s\S]*?)```")]
    private static partial Regex Query();
}
