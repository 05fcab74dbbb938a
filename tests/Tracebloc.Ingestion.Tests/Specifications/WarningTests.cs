namespace Tracebloc.Ingestion.Tests.Specifications;

/// <summary>Keys without an effect are accepted, as in earlier versions, and warned of.</summary>
public sealed class WarningTests
{
    [Theory]
    [InlineData("tabular_classification", "spec: {validators: [Data]}",
        "spec.validators: is ignored: as in earlier versions")]
    [InlineData("tabular_classification", "spec: {sidecars: [{column: a, source: b, transform: {resize: [2, 2]}}]}",
        "spec.sidecars: is ignored: as in earlier versions")]
    [InlineData("tabular_classification", "images: /data/shared/in/images",
        "images: is ignored: tabular_classification has no images")]
    [InlineData("tabular_classification", "target_size: [2, 2]",
        "target_size: is ignored: tabular_classification has no images")]
    [InlineData("tabular_classification", "number_of_keypoints: 2",
        "number_of_keypoints: is ignored: tabular_classification has no keypoints")]
    [InlineData("tabular_classification", "time_column: days",
        "time_column: is ignored: tabular_classification has no survival time")]
    [InlineData("tabular_classification", "spec: {file_options: {extension: .png}}",
        "spec.file_options.extension: is ignored: tabular_classification has no files")]
    [InlineData("image_classification", "spec: {file_options: {extention: .png}}",
        "spec.file_options.extention: is not a known key; did you mean extension?")]
    [InlineData("image_classification", "spec: {processors: [{script: a.py, class: A, arg: {}}]}",
        "spec.processors[0].arg: is not a known key; did you mean args?")]
    [InlineData("image_classification", "data_id: {strategy: uuid, column: name}",
        "data_id.column: is ignored: strategy uuid reads no column")]
    public void A_key_without_effect_is_warned_of(string category, string line, string warning)
    {
        var text = SpecificationText.Of(category);

        var specification = SpecificationText.Read(text + line);

        Assert.Equal(
            $"ingest.yaml:{text.Split('\n').Length}: {warning}", $"{Assert.Single(specification.Warnings)}");
    }

    [Fact]
    public void The_last_of_two_equal_keys_counts_with_a_warning()
    {
        var specification = SpecificationText.Read(SpecificationText.Of("embeddings") + "table: eggs\n");

        Assert.Equal("eggs", specification.Table);
        Assert.Equal(
            "ingest.yaml:8: table: is given twice, first on line 4; keep one",
            $"{Assert.Single(specification.Warnings)}");
    }

    [Theory]
    [InlineData("time_column: days\n", "", "ingest.yaml:1: time_column is missing, so survival times are not checked")]
    [InlineData("days\n", "weeks\n", "ingest.yaml:8: time_column: \"weeks\" is not in schema, so it is not stored")]
    public void A_survival_time_that_is_not_stored_or_checked_is_warned_of(string from, string to, string warning)
    {
        var text = SpecificationText.Of("time_to_event_prediction").Replace(from, to);

        Assert.Equal(warning, $"{Assert.Single(SpecificationText.Read(text).Warnings)}");
    }
}
