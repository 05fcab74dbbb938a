namespace Tracebloc.Ingestion.Tests.Specifications;

/// <summary>Documents that both judges refuse: 0.3.9's own cases, then those of keys that came later.</summary>
public sealed class InvalidDocumentTests
{
    private const string Policies = "policy: bucket (bin index leaves the cluster) or passthrough (exact values leave)";

    [Theory]
    [InlineData("tabular_classification", "label: species", "lable: species", 8,
        "lable: is not a known key; did you mean label?")]
    [InlineData("tabular_classification", "category: tabular_classification", "category: tabular_clasification", 3,
        "category: \"tabular_clasification\" is not a category; did you mean tabular_classification?")]
    [InlineData("tabular_classification", "table: birds", "", 1, "table is missing; write table: houses_train")]
    [InlineData("tabular_classification", "intent: train", "", 1,
        "intent is missing; write intent: train or intent: test")]
    [InlineData("tabular_classification", "csv: /data/shared/in/rows.csv", "", 1,
        "csv is missing; write csv: PATH or json: PATH, the file that holds the rows")]
    [InlineData("tabular_classification", "intent: train", "intent: train\njson: rows.json", 6,
        "json: excludes csv: a data set has one file of rows; remove one of the two keys")]
    [InlineData("masked_language_modeling", "intent: train", "intent: train\nlabel: mood", 6,
        "label: is not allowed: masked_language_modeling learns from its files alone; remove the key")]
    [InlineData("embeddings", "intent: train", "intent: train\nlabel: {column: mood}", 6,
        "label: is not allowed: embeddings learns from its files alone; remove the key")]
    [InlineData("tabular_regression", "label: {column: price, policy: bucket}", "label: price", 8,
        "label: has no policy; write column: price and " + Policies)]
    [InlineData("tabular_regression", "label: {column: price, policy: bucket}", "label: {column: price}", 8,
        "label: policy is missing; write " + Policies)]
    [InlineData("time_series_forecasting", ", policy: passthrough", "", 8,
        "label: policy is missing; write " + Policies)]
    [InlineData("time_to_event_prediction", ", policy: passthrough", "", 9,
        "label: policy is missing; write " + Policies)]
    [InlineData("tabular_classification", "intent: train", "intent: train\ndata_id: {strategy: column}", 6,
        "data_id: column is missing; write column: NAME, the column that holds the ids")]
    [InlineData("tabular_classification", "intent: train", "intent: train\ndata_id: {column: id}", 6,
        "data_id: strategy is missing; write strategy: uuid, column or content_hash")]
    [InlineData("tabular_classification", "intent: train", "intent: train\nspec: {processors: [{script: a.py}]}", 6,
        "spec.processors[0]: class is missing; write class: NAME, a class of that file")]
    [InlineData("tabular_classification", "tracebloc.io/v1", "tracebloc.io/v2", 1,
        "apiVersion: \"tracebloc.io/v2\" is not supported; write tracebloc.io/v1")]
    [InlineData("tabular_classification", "kind: IngestConfig", "kind: Ingest", 2,
        "kind: \"Ingest\" is not supported; write IngestConfig")]
    public void It_is_refused_as_in_earlier_versions(string category, string from, string to, int line, string error) =>
        Refused(category, from, to, $"ingest.yaml:{line}: {error}");

    [Theory]
    [InlineData("tabular_classification", "category: tabular_classification", "category: instance_segmentation", 3,
        "category: \"instance_segmentation\" is no category any more: earlier versions neither validated nor moved its "
            + "files; use semantic_segmentation")]
    [InlineData("tabular_classification", "table: birds", "table: ../birds", 4,
        "table: \"../birds\" is not a table name; use letters of A to Z, digits and _, no digit first, at most "
            + "64 characters")]
    [InlineData("tabular_regression", "policy: bucket", "policy: bucket, strategy: kmeans", 8,
        "label.strategy: \"kmeans\" is not supported; write quantile")]
    [InlineData("tabular_regression", "policy: bucket", "policy: bucket, bins: 1", 8,
        "label.bins: must be a whole number of at least 2, but is the number 1")]
    [InlineData("tabular_regression", "policy: bucket", "policy: bucket, bins: 101", 8,
        "label.bins: must be at most 100, but is 101")]
    [InlineData("tabular_regression", "policy: bucket", "policy: bucket, minBinSize: 4", 8,
        "label.minBinSize: must be a whole number of at least 5, but is the number 4")]
    [InlineData("tabular_regression", "policy: bucket", "policy: passthrough, bins: 5", 8,
        "label.bins: needs policy: bucket; add that, or remove the key")]
    [InlineData("tabular_regression", "policy: bucket", "policy: buckets", 8,
        "label.policy: \"buckets\" is not a label policy; use passthrough or bucket")]
    [InlineData("tabular_classification", "label: species", "label: [species]", 8,
        "label: must be the name of a column, or {column: NAME, policy: POLICY}")]
    [InlineData("tabular_classification", "label: species", "label: ' '", 8,
        "label: is blank; write the name of a column")]
    [InlineData("tabular_classification", "label: species", "label: {policy: bucket}", 8,
        "label: column is missing; write column: NAME, the column of the label")]
    [InlineData("time_to_event_prediction", "time_column: days", "time_column: ' '", 8,
        "time_column: is blank; write the name of a column")]
    [InlineData("tabular_classification", "{petals: INT, length: FLOAT}", "{}", 7,
        "schema: must not be empty; declare a column, such as price: DOUBLE")]
    [InlineData("tabular_classification", "petals: INT", "petals: 4", 7,
        "schema.petals: must be a column type such as VARCHAR(80), but is the number 4")]
    [InlineData("keypoint_detection", "[448, 448]", "[448]", 8,
        "target_size: must be [width, height] in pixels, both whole numbers of at least 1, but is [448]")]
    [InlineData("keypoint_detection", "[448, 448]", "[448, 0]", 8,
        "target_size: must be [width, height] in pixels, both whole numbers of at least 1, but is [448, 0]")]
    [InlineData("keypoint_detection", "[448, 448]", "448", 8,
        "target_size: must be [width, height] in pixels, both whole numbers of at least 1, but is the number 448")]
    [InlineData("time_series_classification", "sequence_id: VARCHAR(20), ", "", 7,
        "schema: has no column sequence_id; declare sequence_id with its type")]
    [InlineData("time_series_forecasting", "timestamp: TIMESTAMP, ", "", 7,
        "schema: has no column timestamp; declare timestamp with TIMESTAMP")]
    [InlineData("tabular_classification", "intent: train", "intent: train\nspec: {csv_options: {quotechar: ''''''}}", 6,
        "spec.csv_options.quotechar: must be one ASCII character, but is \"''\"")]
    [InlineData("tabular_classification", "intent: train", "intent: train\nspec: {csv_option: {}}", 6,
        "spec.csv_option: is not a known key; did you mean csv_options?")]
    [InlineData("tabular_classification", "intent: train", "intent: train\nspec: {sidecars: [{column: a}]}", 6,
        "spec.sidecars[0]: source is missing; write source: masks")]
    [InlineData("tabular_classification", "intent: train", "intent: train\nspec: {validators: [1]}", 6,
        "spec.validators[0]: must be text, but is the number 1")]
    [InlineData("tabular_classification", "table: birds", "table: 0123", 4,
        "table: must be text; put it in quotes: \"0123\"")]
    public void It_is_refused(string category, string from, string to, int line, string error) =>
        Refused(category, from, to, $"ingest.yaml:{line}: {error}");

    [Fact]
    public void An_unknown_category_is_answered_with_the_list()
    {
        var text = SpecificationText.Of("embeddings").Replace("category: embeddings", "category: x");

        var error = Assert.Single(SpecificationText.Errors(text));

        Assert.StartsWith("ingest.yaml:3: category: \"x\" is not a category; use image_classification, ", error);
        Assert.EndsWith(", time_to_event_prediction", error);
    }

    [Fact]
    public void A_type_that_a_comma_cuts_off_is_explained()
    {
        var text = SpecificationText.Of("tabular_classification").Replace("FLOAT", "DECIMAL(9,2)");

        Assert.Contains(
            "ingest.yaml:7: schema.length: \"DECIMAL(9\" ends at a comma; put the whole type in quotes, "
                + "such as \"DECIMAL(9,2)\"",
            SpecificationText.Errors(text));
    }

    [Theory]
    [InlineData(1_004, true)]
    [InlineData(1_010, false)]
    public void A_table_has_limits_that_the_schema_must_keep(int columns, bool isGood)
    {
        var schema = string.Join(", ", Enumerable.Range(1, columns).Select(each => $"c{each}: TINYINT"));
        var text = SpecificationText.Of("tabular_classification").Replace("petals: INT, length: FLOAT", schema);

        Assert.Equal(
            isGood ? [] :
            [
                "ingest.yaml:7: schema: The table needs 1021 columns, 11 of its own included; "
                    + "a table holds at most 1017: declare fewer",
            ],
            SpecificationText.Errors(text));
    }

    [Fact]
    public void All_errors_are_found_at_once()
    {
        var text = SpecificationText.Of("tabular_regression")
            .Replace("intent: train", "intend: train")
            .Replace("rooms: INT", "rooms: INTT")
            .Replace("policy: bucket", "policy: buckte");

        Assert.Equal(
            [
                "ingest.yaml:1: intent is missing; write intent: train or intent: test",
                "ingest.yaml:5: intend: is not a known key; did you mean intent?",
                "ingest.yaml:7: schema.rooms: \"INTT\" is not a column type; did you mean INT?",
                "ingest.yaml:8: label.policy: \"buckte\" is not a label policy; use passthrough or bucket",
            ],
            SpecificationText.Errors(text));
    }

    private static void Refused(string category, string from, string to, string error)
    {
        var text = SpecificationText.Of(category);
        var changed = text.Replace(from, to);
        Assert.NotEqual(text, changed);

        Assert.Contains(error, SpecificationText.Errors(changed));

        Assert.False(SecondJudge.Accepts(SpecificationText.Json(changed)));
    }
}
