using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Labels;
using Tracebloc.Ingestion.Reporting;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Tests.Specifications;
using Tracebloc.Testing;

namespace Tracebloc.Ingestion.Tests.Reporting;

/// <summary>
/// All that leaves the cluster is kept as text beside this file, for each category. To accept a change, run the tests
/// with <c>APPROVE=1</c> in the environment.
/// </summary>
public sealed class CentralReportTests
{
    private const string Approved = "Reporting/leaves-the-cluster.txt";

    /// <summary>Data of a customer has no way into one of these but through a label's policy.</summary>
    private static readonly Type[] Inputs =
    [
        typeof(IngestSpecification), typeof(BinBoundaries), typeof(CentralRow), typeof(OutgoingLabel), typeof(string),
        typeof(IReadOnlyList<CentralRow>),
    ];

    [Fact]
    public void What_leaves_the_cluster_is_as_approved()
    {
        var text = string.Concat(Categories.All.Select(rules => $"# {rules.Name}\n{Leaving(rules.Name)}\n"));
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "../../..", Approved), text);
        else
            Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, Approved)), text);
    }

    [Fact]
    public void Nothing_else_can_make_a_request()
    {
        Assert.Empty(typeof(CentralRequest).GetConstructors());
        Assert.Empty(typeof(OutgoingLabel).GetConstructors());
        Assert.DoesNotContain(
            typeof(CentralRequest).GetProperties().Concat(typeof(OutgoingLabel).GetProperties()),
            property => property.CanWrite);
    }

    [Fact]
    public void A_report_takes_nothing_that_could_hold_a_value_or_a_file()
    {
        var parameters = new[] { typeof(CentralReport), typeof(CentralRow) }
            .SelectMany(type => type.GetConstructors().Concat<MethodBase>(type.GetMethods(
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)))
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.ParameterType)
            .Where(type => !type.IsByRef && type != typeof(object));

        Assert.All(parameters, type => Assert.Contains(type, Inputs));
    }

    [Fact]
    public void No_path_private_column_or_processor_leaves()
    {
        string[] places = ["csv", "images", "label", "id", "script", "class", "argument", "delimiter"];
        var secrets = places.ToDictionary(place => place, Canary.New);
        var specification = SpecificationText.Read(
            $$"""
            apiVersion: tracebloc.io/v1
            kind: IngestConfig
            category: image_classification
            table: birds
            intent: train
            csv: /data/{{secrets["csv"]}}.csv
            images: /data/{{secrets["images"]}}
            label: {{secrets["label"]}}
            schema: {wing: FLOAT, {{secrets["label"]}}: INT, {{secrets["id"]}}: INT}
            data_id: {strategy: column, column: {{secrets["id"]}}}
            spec:
              csv_options: {delimiter: {{secrets["delimiter"]}}}
              processors:
              - {script: {{secrets["script"]}}.py, class: {{secrets["class"]}}, args: {a: "{{secrets["argument"]}}" } }
            """);
        var scan = new LeakScan([.. secrets.Values]);

        foreach (var request in new CentralReport(specification, "run").Registration)
            scan.Look(request.Call.Name, Text(request));

        scan.AssertNone();
        Assert.Contains("""{"wing":"FLOAT"}""", Text(new CentralReport(specification, "run").Registration[1]));
    }

    [Fact]
    public void A_bin_leaves_in_place_of_its_value()
    {
        var specification = SpecificationText.Read(SpecificationText.Of("tabular_regression"));
        var type = new SqlType(SqlBase.Double);
        Assert.True(BinBoundaries.TryParse(["1.5", "1e16"], type, out var bins));
        var labels = new OutgoingLabels(specification.Label!, type, bins);
        var report = new CentralReport(specification, "run", title: null, bins);

        var rows = JsonNode.Parse(report.Batch(
        [
            new("a", labels.Of(isNull: false, "1.25"u8)), new("b", labels.Of(isNull: false, "7"u8)),
            new("c", labels.Of(isNull: true, default)),
        ]).Body.Span)!.AsArray();
        var metadata = JsonNode.Parse(report.Registration[1].Body.Span)!["meta_data"]!["label_bins"]!;

        Assert.Equal([0, 1, -1], rows.Select(row => (int)row!["label"]!));
        Assert.Equal("[1.5,1e16]", metadata["boundaries"]!.ToJsonString());
        Assert.Equal(3, (int)metadata["bins"]!);
    }

    [Fact]
    public void A_title_is_the_operator_s_or_category_and_run()
    {
        var specification = SpecificationText.Read(SpecificationText.Of("seq2seq"));

        Assert.Contains("\"seq2seq_run\"", Text(new CentralReport(specification, "run").Registration[^1]));
        Assert.Contains("\"Birds\"", Text(new CentralReport(specification, "run", "Birds").Registration[^1]));
    }

    [Fact]
    public void The_calls_are_six_and_each_is_used() => Assert.Equal(
        CentralCall.All.Select(call => call.Name),
        [
            CentralReport.Login.Call.Name, "batch",
            .. new CentralReport(SpecificationText.Read(SpecificationText.Of("text_classification")), "run")
                .Registration.Select(request => request.Call.Name),
        ]);

    private static string Leaving(string category)
    {
        var specification = SpecificationText.Read(SpecificationText.Of(category));
        var label = specification.Label is { } given
            ? new OutgoingLabels(given, new SqlType(SqlBase.Double), new BinBoundaries([])).Of(isNull: false, "12.5"u8)
            : default;
        var report = new CentralReport(
            specification, "run-id", title: null, specification.Label?.Bucket is null ? null : new BinBoundaries([]));
        return string.Concat(
            report.Registration.Prepend(report.Batch([new CentralRow("row-id", label)])).Select(Text));
    }

    private static string Text(CentralRequest request) =>
        $"{request}{(request.Body.IsEmpty ? "" : " ")}{Encoding.UTF8.GetString(request.Body.Span)}\n";
}
