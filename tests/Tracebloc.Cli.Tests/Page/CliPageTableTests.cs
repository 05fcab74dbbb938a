using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Tracebloc.Cli.Checks;
using Tracebloc.Cli.Pushing;
using Tracebloc.Cli.Terminal;
using Tracebloc.Cli.Verbs;
using Tracebloc.Hosting;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Testing;

namespace Tracebloc.Cli.Tests.Page;

/// <summary>docs/cli.md: its tables have what the program has, and nothing else.</summary>
public sealed class CliPageTableTests
{
    private static readonly string[] Everywhere = ["status", "exit_code", "error"];

    [Fact]
    public void Every_exit_code_has_its_row() => Assert.Equal(
        Codes().Order(), PageTable.Rows("cli-exit-codes").Select(row => int.Parse(row[0])));

    [Fact]
    public void Every_status_has_its_row_with_its_exit_codes()
    {
        var all = typeof(Ending).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(property => (Ending)property.GetValue(null)!)
            .Concat(Codes().Where(code => code != CliExit.Done).Select(Ending.OfFault))
            .Select(ending => $"{ending.Status} {ending.ExitCode}");

        Assert.Equal(
            all.Distinct().Order(StringComparer.Ordinal),
            PageTable.Rows("cli-statuses")
                .SelectMany(row => row[1].Split(", ").Select(code => $"{PageTable.Code(row[0])[0]} {code}"))
                .Order(StringComparer.Ordinal));
    }

    public static TheoryData<string, string> Objects => new()
    {
        { "dataset push", Members(PushJsonContext.Default.PushJson) },
        { "dataset list", Members(DatasetJsonContext.Default.DatasetListJson) },
        { "dataset show", Members(DatasetJsonContext.Default.DatasetShowJson) },
        { "dataset delete", Members(DatasetJsonContext.Default.DatasetDeleteJson) },
        { "dataset status", Members(DatasetJsonContext.Default.RunListJson) },
        { "dataset status RUN", Members(DatasetJsonContext.Default.RunStateJson) },
        { "dataset logs", Members(DatasetJsonContext.Default.RunLogJson) },
        { "ingest init", Members(IngestInitContext.Default.IngestInitJson) },
        { "ingest validate", Members(IngestValidateContext.Default.IngestValidateJson) },
        { "cluster info", Members(ChecksJson.Default.ClusterInfoJson) },
        { "doctor", Members(ChecksJson.Default.DoctorJson) },
        { "version", Members(VersionContext.Default.VersionJson) },
        { "completion", Members(CompletionJsonContext.Default.CompletionJson) },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void Every_member_of_an_object_has_its_row(string word, string members) =>
        Assert.Equal(members, string.Join(' ', Own(word).SelectMany(row => PageTable.Code(row[1]))));

    public static TheoryData<string, string, string> Parts => new()
    {
        { "dataset push", "staged", Ordered(PushJsonContext.Default.StagedJson) },
        {
            "ingest validate", "files", Ordered(
                IngestValidateContext.Default.ValidatedFileJson, IngestValidateContext.Default.ErrorJson,
                IngestValidateContext.Default.FindingsJson)
        },
        { "cluster info", "release", Ordered(ChecksJson.Default.ReleaseJson) },
        { "cluster info", "jobs_manager", Ordered(ChecksJson.Default.ManagerJson) },
        { "cluster info", "schema", Ordered(ChecksJson.Default.SchemaJson) },
        { "cluster info", "token", Ordered(ChecksJson.Default.TokenJson) },
        { "cluster info", "volume", Ordered(ChecksJson.Default.VolumeJson) },
        { "doctor", "checks", Ordered(ChecksJson.Default.CheckJson) },
        { "version", "schemas", Ordered(VersionContext.Default.SchemaJson) },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public void Members_of_a_member_are_in_its_row(string word, string member, string members)
    {
        var row = Own(word).Single(row => PageTable.Code(row[1]).Contains(member));

        Assert.Equal(members, Ordered(PageTable.Code(row[2])));
    }

    [Fact]
    public void Every_layout_is_that_of_the_code()
    {
        var groups = Categories.All.GroupBy(Layout).Select(group =>
            $"| {string.Join(", ", group.Select(rules => $"`{rules.Name}`"))} | {group.Key} |\n");

        MarkedPage.CommandLine.Verify(
            "cli-layouts", $"\n| category | files |\n|---|---|\n{string.Concat(groups)}");
    }

    [Fact]
    public void Every_option_of_a_push_has_its_row()
    {
        var push = App.CommandLine().Words.Words.Single(word => word.Name == "dataset").Words
            .Single(word => word.Name == "push");
        var rows = push.Options.Where(option => option.Names[0] != "--help").Select(option =>
            $"| {string.Join(", ", option.Names.Select(name => $"`{name}`"))} | {option.About} |\n");

        MarkedPage.CommandLine.Verify("cli-options", $"\n| option | meaning |\n|---|---|\n{string.Concat(rows)}");
    }

    private static IEnumerable<int> Codes() =>
        typeof(CliExit).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (int)field.GetRawConstantValue()!)
            .Concat([ExitCodes.Interrupted, ExitCodes.Terminated]);

    // What stays private to the program is not written.
    private static bool IsWritten(JsonPropertyInfo property) => property.Get is not null;

    private static string Members(JsonTypeInfo type) => string.Join(
        ' ', type.Properties.Where(IsWritten).Select(property => property.Name).Except(Everywhere));

    // An object's own rows: the first one has its word, the others none.
    private static IEnumerable<IReadOnlyList<string>> Own(string word)
    {
        var rows = PageTable.Rows("cli-members");
        var first = rows.ToList().FindIndex(row => PageTable.Code(row[0]) is [var name, ..] && name == word);
        return rows.Skip(first).TakeWhile((row, at) => at == 0 || row[0].Length == 0);
    }

    private static string Ordered(params JsonTypeInfo[] types) =>
        Ordered(types.SelectMany(type => type.Properties.Where(IsWritten)).Select(property => property.Name));

    private static string Ordered(IEnumerable<string> names) =>
        string.Join(' ', names.Distinct().Order(StringComparer.Ordinal));

    private static string Layout(CategoryRules rules) => rules.Folders.Count == 0
        ? "one `.csv`, in a folder or by itself"
        : "`labels.csv`" + string.Concat(rules.Folders.Select(folder =>
            $", `{folder.Key}/` ({string.Join(" or ", folder.Extension is { } one ? [one] : rules.Extensions)})"));
}
