using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Tests.Specifications;
using Tracebloc.Testing;

namespace Tracebloc.Ingestion.Tests.Docs;

/// <summary>docs/ingest-v1.md: its tables, examples and messages are those of the program.</summary>
public sealed partial class PageTests
{
    private static readonly MarkedPage Page = MarkedPage.IngestV1;

    private const int ShownRows = 4;

    public static TheoryData<string> Categories =>
        [.. Ingestion.Specifications.Categories.All.Select(rules => rules.Name)];

    [Fact]
    public void Every_key_of_the_schema_is_documented_with_an_example() => Assert.Equal(
        Keys(JsonNode.Parse(IngestSchema.Json.ToArray())!.AsObject(), "").Where(IsOfThisFormat).Order(),
        Rows().Select(row => row.Key).Order());

    [Fact]
    public void Every_example_of_a_key_is_valid_in_some_category() => Assert.All(Rows(), row => Assert.Contains(
        SpecificationText.Smallest.Keys,
        category => SpecificationText.Errors(With(SpecificationText.Of(category), row.Example)) is []
            && SecondJudge.Accepts(SpecificationText.Json(With(SpecificationText.Of(category), row.Example)))));

    [Fact]
    public void The_first_example_is_that_of_the_regression() =>
        Page.VerifyBlock("ingest-example", Lines(new IngestExample("tabular_regression").Specification), "yaml");

    [Fact]
    public void The_table_of_categories_is_that_of_the_program() => Page.Verify(
        "ingest-categories",
        "\n| category | keys beside the common ones | label | default size | default extension | validators |\n"
            + "|---|---|---|---|---|---|\n"
            + string.Concat(Ingestion.Specifications.Categories.All.Select(Row)));

    [Theory]
    [MemberData(nameof(Categories))]
    public void The_layout_of_a_category_is_that_of_its_example(string category)
    {
        Assert.Contains($"\n### {category}\n", Page.Text);
        var folder = Path.Combine(IngestExample.Root, category);
        var rows = Directory.GetFiles(folder, "rows.*").Single();
        var specification = Lines(Path.Combine(folder, "ingest.yaml"));
        Page.VerifyBlock($"example-{category}",
        [
            "$ tail -n +4 ingest.yaml",
            .. specification.Skip(3),
            "$ ls *",
            .. Listing(folder),
            $"$ head -n {ShownRows} {Path.GetFileName(rows)}",
            .. Lines(rows).Take(ShownRows),
        ]);
    }

    [Fact]
    public void The_types_are_those_of_the_program() => Page.VerifyBlock("ingest-types", Wrapped(Types()));

    [Fact]
    public void The_words_of_missing_values_are_those_of_the_program() => Page.VerifyBlock(
        "ingest-nulls", Wrapped(NullWords.Tabular.All.Where(word => word.Length > 0)));

    [Fact]
    public void The_reserved_names_are_those_of_the_program()
    {
        string[] names =
        [
            "id", "created_at", "updated_at", "status", "label", "data_intent", "data_id", "filename", "extension",
            "annotation", "ingestor_id", "mask_id",
        ];
        Assert.All(names, name => Assert.Single(SpecificationText.Errors(
            SpecificationText.Of("tabular_classification").Replace("petals", name))));
        Page.Verify("ingest-reserved", string.Join(", ", names.Select(name => $"`{name}`")));
    }

    [Fact]
    public void The_documented_errors_are_those_of_the_documented_file()
    {
        var faulty = Documents.Block("ingest-faulty");
        Page.VerifyBlock("ingest-faulty-errors", SpecificationText.Errors(faulty));
        Page.VerifyBlock(
            "ingest-faulty-more",
            SpecificationText.Errors(faulty.Replace("regresion", "regression"))
                .Except(SpecificationText.Errors(faulty)));
    }

    [Fact]
    public void The_documented_warnings_are_those_of_the_program() => Page.VerifyBlock(
        "ingest-warnings",
        SpecificationText.Read(SpecificationText.Of("tabular_classification")
            + "data_id: {strategy: column, column: patient_id}\nimages: /data/shared/in/images\n"
            + "spec: {validators: [Data]}\n").Warnings.Select(warning => $"{warning}"));

    [Fact]
    public void The_documented_faults_are_those_of_the_examples() => Page.VerifyBlock(
        "ingest-faults",
        IngestExample.WithFault
            .Where(example => File.Exists(example.MessageFile))
            .GroupBy(example => example.Fault, (_, same) => same.First())
            .OrderBy(example => Enum.Parse<ValidatorName>(example.Fault ?? ""))
            .SelectMany(example => Lines(example.MessageFile)));

    private static string Row(CategoryRules rules)
    {
        var label = rules.Label switch
        {
            LabelRule.Required => "required",
            LabelRule.RequiredWithPolicy => "required, with a policy",
            _ => "not allowed",
        };
        var keys = rules.RequiredKeys.Where(key => key != "label").Select(key => $"`{key}`");
        return $"| `{rules.Name}` | {string.Join(", ", keys)} | {label} | {rules.TargetSize?.ToString() ?? "–"} "
            + $"| {rules.Extension ?? "–"} | {string.Join(", ", rules.Validators)} |\n";
    }

    private static IEnumerable<string> Listing(string folder) =>
        Directory.GetFiles(folder).Select(Path.GetFileName).OfType<string>()
            .Concat(Directory.GetDirectories(folder).Select(Path.GetFileName).OfType<string>()
                .Where(name => !name.StartsWith("faulty-", StringComparison.Ordinal))
                .SelectMany(name => Directory.GetFiles(Path.Combine(folder, name))
                    .Select(file => $"{name}/{Path.GetFileName(file)}")))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Types() => Enum.GetValues<SqlBase>()
        .Select(type => $"{type}".ToUpperInvariant())
        .Select(word => word is "CHAR" or "VARCHAR" ? $"{word}(n)" : word == "DECIMAL" ? "DECIMAL(p,s)" : word)
        .Concat(["INTEGER", "NUMERIC(p,s)", "BOOLEAN"]);

    private static IEnumerable<string> Wrapped(IEnumerable<string> words) =>
        words.Chunk(10).Select(line => string.Join(", ", line));

    private static string[] Lines(string file) => File.ReadAllLines(file);

    /// <summary>A document with a line in place of that of the same key.</summary>
    private static string With(string text, string line)
    {
        var key = line[..line.IndexOf(':', StringComparison.Ordinal)];
        string[] same = key is "csv" or "json" ? ["csv:", "json:"] : [$"{key}:"];
        var others = text.Split('\n')
            .Where(each => !same.Any(start => each.StartsWith(start, StringComparison.Ordinal)));
        return string.Join('\n', others) + line + "\n";
    }

    private static IEnumerable<(string Key, string Example)> Rows() => KeyRow().Matches(Page.Text)
        .Select(row => (row.Groups["key"].Value, row.Groups["example"].Value));

    private static IEnumerable<string> Keys(JsonObject schema, string path) =>
        (schema["properties"] as JsonObject ?? []).SelectMany(property =>
        {
            var here = path + property.Key;
            var value = Resolved(property.Value!.AsObject());
            return Keys(value, here + ".")
                .Concat(value["items"] is JsonObject items ? Keys(Resolved(items), here + "[].") : [])
                .Prepend(here);
        });

    private static JsonObject Resolved(JsonObject schema)
    {
        var reference = schema["$ref"] ?? (schema["oneOf"] as JsonArray)?[^1]?["$ref"];
        return reference is null
            ? schema
            : JsonNode.Parse(IngestSchema.Json.ToArray())!["definitions"]![$"{reference}"[14..]]!.AsObject();
    }

    // Nothing reads the parts of a sidecar.
    private static bool IsOfThisFormat(string key) => !key.StartsWith("spec.sidecars[]", StringComparison.Ordinal);

    [GeneratedRegex(@"(?m)^\| `(?<key>[A-Za-z_.\[\]]+)` \| `(?<example>[a-zA-Z_]+: ?[^`]*)` \|")]
    private static partial Regex KeyRow();
}
