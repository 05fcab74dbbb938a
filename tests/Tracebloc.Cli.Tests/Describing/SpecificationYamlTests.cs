using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Cli.Describing;
using Tracebloc.Configuration;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Testing;

namespace Tracebloc.Cli.Tests.Describing;

public sealed class SpecificationYamlTests
{
    private const string Everything =
        """
        apiVersion: tracebloc.io/v1
        kind: IngestConfig
        category: tabular_regression
        table: houses
        intent: test
        csv: "no"
        label: {column: "1.5", policy: bucket, bins: 7, minBinSize: 9}
        schema: {"1.5": DOUBLE, "yes": "DECIMAL(9,2)", "a: b": INT, "#x": DATE}
        data_id: {strategy: column, column: "a: b"}
        spec:
          csv_options: {delimiter: "\t", quotechar: "'", escapechar: "\\"}
          processors: [{script: in/p.py, class: P, args: {a: [1, "x"], b: {c: true}}}]
        """;

    public static TheoryData<IngestExample> Examples => [.. IngestExample.Sound];

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_written_specification_reads_back_as_it_was(IngestExample example) =>
        Same(File.ReadAllText(example.Specification));

    [Fact]
    public void Every_option_reads_back_as_it_was() => Same(Everything);

    [Fact]
    public void Names_that_yaml_would_take_for_something_else_are_quoted() =>
        Assert.All(
            new[]
            {
                "no", "on", "1", "0123", "1e3", "null", "~", "2024-01-01", "a: b", "#a", "- a", "", " a", "a,b", "y",
            },
            text => Assert.StartsWith("\"", YamlText.Scalar(text)));

    [Theory]
    [InlineData("labels.csv")]
    [InlineData("/data/shared/.tracebloc-staging/a/images/")]
    [InlineData("VARCHAR(80)")]
    public void Plain_names_stay_plain(string text) => Assert.Equal(text, YamlText.Scalar(text));

    [Fact]
    public void Any_column_reads_back_with_its_name() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            var name = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Get)).Trim();
            if (TableLimits.FaultOf(name) is not null || HasNonCharacter(name)) return;
            var written = SpecificationYaml.Write(new()
            {
                Category = "tabular_classification",
                Table = "t",
                Intent = Intent.Train,
                Source = "a.csv",
                Format = SourceFormat.Csv,
                Label = new(name, LabelPolicy.Passthrough, null),
                Schema = [new(name, new(SqlBase.Int))],
            });
            var read = DescriptionBuilder.Read(written);
            Assert.Equal((name, name), (read.Schema[0].Name, read.Label!.Column));
        }).QuickCheckThrowOnFailure();

    private static bool HasNonCharacter(string text) => text.Any(letter => letter is '\uFFFE' or '\uFFFF');

    private static void Same(string text)
    {
        var first = Read(text);
        foreach (var hasComments in (bool[])[false, true])
        {
            var yaml = SpecificationYaml.Write(first, hasComments);
            var second = Read(yaml);
            Assert.Equal(SpecificationYaml.Write(first), SpecificationYaml.Write(second));
            Assert.Equal(first.Schema, second.Schema);
            Assert.Equal(
                (first.Category, first.Table, first.Intent, first.Source, first.Format, first.Label, first.TimeColumn),
                (second.Category, second.Table, second.Intent, second.Source, second.Format, second.Label,
                    second.TimeColumn));
            Assert.Equal(
                (first.Folders, first.DataId, first.Csv, first.Files),
                (second.Folders, second.DataId, second.Csv, second.Files));
            Assert.Equal(first.Processors, second.Processors);
        }
    }

    private static IngestSpecification Read(string text)
    {
        var errors = new ConfigurationErrors("test.yaml");
        var specification = IngestDocument.Parse(text, errors);
        errors.ThrowIfAny();
        return specification!;
    }
}
