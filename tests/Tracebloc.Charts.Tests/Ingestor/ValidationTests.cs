using Tracebloc.Charts.Tests.Harness;

namespace Tracebloc.Charts.Tests.Ingestor;

/// <summary>Values that helm refuses before anything is sent, and its messages.</summary>
public sealed class ValidationTests
{
    private static readonly Chart Chart = IngestorChart.Chart;

    /// <summary>Each section that takes no other key, and the top.</summary>
    public static TheoryData<string> Sections =>
    [
        "", "global.", "submit.", "submit.jobsManager.", "submit.wait.", "submit.image.", "submit.resources.",
        "submit.pods.", "spec.", "spec.csv_options.", "data_id.",
    ];

    [Theory]
    [MemberData(nameof(Sections))]
    public async Task A_mistyped_key_is_refused_by_its_name(string section) => Assert.Contains(
        $"at '{Pointer(section)}': additional properties 'mistyped' not allowed",
        await Chart.RefusalAsync(IngestorChart.Release() with { Set = $"{section}mistyped=1" }));

    [Theory]
    [InlineData("category", "\"tabular_regresion\"", "value must be one of 'image_classification'")]
    [InlineData("kind", "\"Ingest\"", "value must be 'IngestConfig'")]
    [InlineData("table", "\"2024-houses\"", "does not match pattern")]
    [InlineData("intent", "\"validate\"", "value must be one of 'train', 'test'")]
    [InlineData("csv", "17", "got number, want string")]
    [InlineData("label.bins", "1", "minimum: got 1, want 2")]
    [InlineData("schema.rooms", "5", "got number, want string")]
    [InlineData("target_size", "[448]", "minItems: got 1, want 2")]
    [InlineData("spec.csv_options.quotechar", "\"''\"", "does not match pattern")]
    public async Task A_wrong_value_of_ingest_v1_is_refused_by_its_place(string key, string value, string problem)
    {
        var refusal = await Chart.RefusalAsync(IngestorChart.Release() with { Set = $"{key}={value}" });

        Assert.Contains($"at '{Pointer(key)}': ", refusal);
        Assert.Contains(problem, refusal);
    }

    [Theory]
    [InlineData("submit.jobsManager.url", "\"jobs-manager:8080\"")]
    [InlineData("submit.jobsManager.url", "\"http://jobs-manager:8080/internal/submit-ingestion-run\"")]
    [InlineData("submit.serviceAccountName", "\"\"")]
    [InlineData("submit.key", "\"a key\"")]
    [InlineData("submit.key", "\"0123456789012345678901234567890123456789012345678901234567890123456789\"")]
    [InlineData("submit.imageDigest", "\"sha256:abc\"")]
    [InlineData("submit.parallelism", "0")]
    [InlineData("submit.parallelism", "1.5")]
    [InlineData("submit.timeout", "\"2 minutes\"")]
    [InlineData("submit.timeout", "120")]
    [InlineData("submit.timeout", "\"0s\"")]
    [InlineData("submit.wait.enabled", "\"yes\"")]
    [InlineData("submit.wait.timeout", "\"1d\"")]
    [InlineData("submit.image.digest", "\"prod\"")]
    [InlineData("submit.image.repository", "\"\"")]
    [InlineData("submit.image.pullPolicy", "\"Sometimes\"")]
    [InlineData("submit.pullSecrets", "\"harbor-pull\"")]
    [InlineData("submit.pods.labels", "{\"team\": 1}")]
    [InlineData("global.imageRegistry", "\"https://harbor.example.com\"")]
    public async Task A_wrong_value_of_the_chart_itself_is_refused_by_its_place(string key, string value) =>
        Assert.Contains(
            $"at '{Pointer(key)}",
            await Chart.RefusalAsync(IngestorChart.Release() with { Set = $"{key}={value}" }));

    [Theory]
    [InlineData("submit: null", "missing property 'submit'")]
    [InlineData("submit: {image: null}", "missing property 'image'")]
    public async Task A_section_of_the_chart_itself_cannot_be_removed(string values, string problem) =>
        Assert.Contains(problem, await Chart.RefusalAsync(IngestorChart.Release(values)));

    [Theory]
    [InlineData("table: houses_train", "missing properties 'apiVersion', 'kind', 'category', 'intent'")]
    [InlineData(
        "{apiVersion: tracebloc.io/v1, kind: IngestConfig, category: seq2seq, table: t, intent: train, csv: c}",
        "missing property 'texts'")]
    public async Task A_missing_key_is_named(string values, string problem) =>
        Assert.Contains(problem, await Chart.RefusalAsync(IngestorChart.Bare(values)));

    [Fact]
    public async Task Keys_and_a_file_exclude_each_other() => Assert.Contains(
        "- ingestConfig and the keys of ingest.yaml (apiVersion, category, csv, intent, kind, label, schema, table) "
        + "exclude each other; give the file by --set-file or by -f, not both",
        await Chart.RefusalAsync(IngestorChart.Release("ingestConfig: 'table: houses_train'")));

    [Fact]
    public async Task A_release_without_a_data_set_is_refused() => Assert.Contains(
        "- there is no data set; give its description by -f ingest.yaml, or by --set-file ingestConfig=ingest.yaml",
        await Chart.RefusalAsync(IngestorChart.Bare("")));

    [Theory]
    [InlineData("{a: 12345678901234567890}", ".a")]
    [InlineData("{a: -9007199254740993}", ".a")]
    [InlineData("{a: [1, {b: 9007199254740993}]}", ".a[1].b")]
    public async Task A_number_that_helm_has_rounded_is_refused(string arguments, string place) => Assert.Contains(
        $"- spec.processors[0].args{place} is a number that helm rounds; put it in quotes",
        await Chart.RefusalAsync(IngestorChart.Release(
            $"spec: {{processors: [{{script: a.py, class: A, args: {arguments}}}]}}")));

    /// <summary>y is a usual name for the target of a model.</summary>
    [Theory]
    [InlineData("schema: {y: DOUBLE}", "schema has the column true, which is how helm reads y, yes, on and true")]
    [InlineData("schema: {n: INT}", "schema has the column false, which is how helm reads n, no, off and false")]
    public async Task A_column_that_helm_has_read_as_a_boolean_is_refused(string values, string problem) =>
        Assert.Contains(problem, await Chart.RefusalAsync(IngestorChart.Release(values)));

    /// <summary>Helm would render a ConfigMap without the document, or with another one, and say nothing.</summary>
    [Theory]
    [InlineData("label.column", "\"pri\\u007fce\"")]
    [InlineData("csv", "\"/data/\\u0080\"")]
    [InlineData("csv", "\"/data/\\u0085\"")]
    [InlineData("csv", "\"/data/\\uFFFE\"")]
    public async Task A_character_that_yaml_does_not_keep_is_refused(string key, string value) => Assert.Contains(
        "- the description of the data set has a control character, or is no UTF-8",
        await Chart.RefusalAsync(IngestorChart.Release() with { Set = $"{key}={value}" }));

    [Theory]
    [InlineData("\"csv: a\\u007fb\"")]
    [InlineData("\"csv: a\\u0001b\"")]
    [InlineData("\"csv: a\\u0085b\"")]
    [InlineData("\"csv: a\\uFFFDb\"")]
    public async Task It_is_refused_in_a_text_as_well(string text) => Assert.Contains(
        "- the description of the data set has a control character, or is no UTF-8",
        await Chart.RefusalAsync(IngestorChart.Bare("") with { Set = $"ingestConfig={text}" }));

    [Fact]
    public async Task Every_problem_is_said_at_once()
    {
        var refusal = await Chart.RefusalAsync(IngestorChart.Release(
            "{ingestConfig: a, schema: {y: DOUBLE}, submit: {image: {tag: latest}}}"));

        Assert.Contains("exclude each other", refusal);
        Assert.Contains("the column true", refusal);
        Assert.Contains("submit.image.tag is latest", refusal);
    }

    private static string Pointer(string path) => path == "" ? "" : "/" + path.TrimEnd('.').Replace('.', '/');
}
