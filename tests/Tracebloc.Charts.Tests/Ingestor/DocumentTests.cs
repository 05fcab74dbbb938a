using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.Charts.Tests.Harness;
using Tracebloc.Configuration;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Testing;

namespace Tracebloc.Charts.Tests.Ingestor;

/// <summary>The document that arrives is the one that was written.</summary>
public sealed class DocumentTests
{
    public static TheoryData<string> Categories => [.. IngestExample.Sound.Select(example => example.Category)];

    [Theory]
    [MemberData(nameof(Categories))]
    public async Task The_file_of_each_category_arrives(string category)
    {
        var example = new IngestExample(category);

        var document = await ArriveAsync(IngestorChart.Release(example));

        Assert.True(
            JsonNode.DeepEquals(JsonOf(await ReadAsync(example.Specification)), JsonNode.Parse(document)), document);
    }

    [Theory]
    [MemberData(nameof(Categories))]
    public async Task The_programs_read_it_without_an_error(string category)
    {
        var errors = new ConfigurationErrors("ingest.yaml");

        var read = IngestDocument.Parse(await ArriveAsync(IngestorChart.Release(new IngestExample(category))), errors);

        Assert.Empty(errors.InOrder());
        Assert.Equal(category, read?.Category);
    }

    /// <summary>Go prints large numbers with an exponent by default.</summary>
    [Theory]
    [InlineData("1000000", "1000000")]
    [InlineData("10000000000000", "10000000000000")]
    [InlineData("9007199254740991", "9007199254740991")]
    [InlineData("-42", "-42")]
    [InlineData("0.1", "0.1")]
    [InlineData("1.5e-7", "1.5e-7")]
    [InlineData("'0123'", "\"0123\"")]
    [InlineData("'1e3'", "\"1e3\"")]
    [InlineData("'1000000'", "\"1000000\"")]
    [InlineData("'no'", "\"no\"")]
    [InlineData("'null'", "\"null\"")]
    [InlineData("'2026-01-02'", "\"2026-01-02\"")]
    [InlineData("true", "true")]
    [InlineData("no", "false")]
    [InlineData("'{{ .Release.Name }}'", "\"{{ .Release.Name }}\"")]
    [InlineData("\"a<b>&'\\\"\\\\ \\t\\n é\\u2028\"", "\"a<b>&'\\\"\\\\ \\t\\n é\\u2028\"")]
    [InlineData("[1, two, [3.5, {four: '5'}]]", "[1, \"two\", [3.5, {\"four\": \"5\"}]]")]
    public async Task A_value_keeps_its_type_and_its_digits(string written, string json)
    {
        var document = await ArriveAsync(IngestorChart.Release(
            $"spec: {{processors: [{{script: a.py, class: A, args: {{value: {written}}}}}]}}"));

        var arrived = JsonNode.Parse(document)!["spec"]!["processors"]![0]!["args"]!["value"];
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), arrived), document);
        Assert.DoesNotContain("e+", document);
    }

    /// <summary>Any value that YAML and a double hold, in one document.</summary>
    [Fact]
    public async Task Whatever_is_written_arrives()
    {
        var sample = AnyValue.Sample(400);

        var document = await ArriveAsync(IngestorChart.Release(
            $"spec: {{processors: [{{script: a.py, class: A, args: {{values: {sample}}}}}]}}"));

        var written = JsonNode.Parse(sample)!.AsArray();
        var arrived = JsonNode.Parse(document)!["spec"]!["processors"]![0]!["args"]!["values"]!.AsArray();
        Assert.Equal((400, 400), (written.Count, arrived.Count));
        Assert.All(written.Zip(arrived), pair => Assert.True(
            JsonNode.DeepEquals(pair.First, pair.Second),
            $"{pair.First?.ToJsonString()} became {pair.Second?.ToJsonString()}"));
    }

    /// <summary>Byte by byte: with its comments, line ends and blanks, and whatever stands in it.</summary>
    [Theory]
    [InlineData("# remark\napiVersion: tracebloc.io/v1\ncsv: \"a\tb\"\n")]
    [InlineData("csv: 1000000\r\n\r\n  ")]
    [InlineData("\n\n  kind: {{ fail \"no\" }}\n---\n'0123': no")]
    [InlineData("{\"json\": \"é\\u2028\"}")]
    [InlineData("\uFEFFcsv: 'é 猫 🐈 \u00A0 \u2028'\n")]
    public async Task A_file_given_as_text_arrives_as_it_is(string text)
    {
        using var folder = new TemporaryFile(text);
        var answer = await Helm.RunAsync(
            ["template", "acme", IngestorChart.Chart.Folder, "--set-file", $"ingestConfig={folder.Path}"]);

        Assert.True(answer.IsSuccess, answer.StandardError);
        Assert.Equal(text, IngestorChart.DocumentIn(new Rendering(answer.StandardOutput)));
    }

    /// <summary>The pod of an upgrade must not start on a node that still knows the content of before.</summary>
    [Fact]
    public async Task A_pod_mounts_the_content_that_it_was_made_for()
    {
        var (before, after) = (await KeyAsync(""), await KeyAsync("table: houses_again"));

        Assert.NotEqual(before, after);

        static async Task<string> KeyAsync(string values)
        {
            var chart = await IngestorChart.RenderAsync(values);
            var item = Assert.Single(IngestorChart.HookIn(chart).Volumes
                .Single(volume => volume["configMap"].Exists).At("configMap.items").Items);
            Assert.Equal("ingest.yaml", item["path"].Text);
            Assert.True(chart.Find("ConfigMap", IngestorChart.Name)["data"][item["key"].Text].Exists);
            return item["key"].Text;
        }
    }

    private static async Task<string> ArriveAsync(Release release) =>
        IngestorChart.DocumentIn(await IngestorChart.Chart.RenderAsync(release));

    private static JsonNode? JsonOf(string yaml) => JsonNode.Parse(Node.Parse(yaml).Json);

    private static Task<string> ReadAsync(string file) =>
        File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

    private sealed class TemporaryFile : IDisposable
    {
        public TemporaryFile(string text) => File.WriteAllText(Path, text, new UTF8Encoding(false));

        public string Path { get; } = System.IO.Path.GetTempFileName();

        public void Dispose() => File.Delete(Path);
    }
}
