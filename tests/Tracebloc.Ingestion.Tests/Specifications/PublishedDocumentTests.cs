using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Tests.Specifications;

public sealed class PublishedDocumentTests
{
    public static TheoryData<string> Names => [.. PublishedDocuments.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Both_judges_accept_it(string name)
    {
        SpecificationText.Read(PublishedDocuments.All[name]);
        Assert.True(SecondJudge.Accepts(SpecificationText.Json(PublishedDocuments.All[name])));
    }

    [Theory]
    [InlineData("image_classification", "256x256", ".jpeg")]
    [InlineData("object_detection", "1920x1080", ".jpg")]
    [InlineData("keypoint_detection", "448x448", ".jpg")]
    [InlineData("semantic_segmentation", "640x480", ".png")]
    [InlineData("text_classification", "", ".txt")]
    [InlineData("masked_language_modeling", "", ".txt")]
    [InlineData("tabular_regression", "", "")]
    public void Files_have_the_defaults_of_their_category(string name, string size, string extension)
    {
        var files = Read(name).Files;

        Assert.Equal((size, extension), ($"{files.TargetSize}", files.Extension ?? ""));
    }

    [Fact]
    public void A_mapping_without_a_policy_passes_values_through() => Assert.Equal(
        new LabelSpecification("topic", LabelPolicy.Passthrough, null), Read("text_classification").Label);

    [Fact]
    public void The_policy_bucket_makes_ten_bins_of_ten_rows_at_least() => Assert.Equal(
        new LabelSpecification("rent", LabelPolicy.Bucket, new() { Bins = 10, MinBinSize = 10 }),
        Read("tabular_regression").Label);

    [Fact]
    public void Label_and_id_are_no_features()
    {
        Assert.Equal(["rooms", "area"], Read("tabular_regression").Features.Select(column => column.Name));
        Assert.Equal(
            ["acidity", "region", "vintage"], Read("tabular_classification").Features.Select(column => column.Name));
    }

    [Fact]
    public void Ids_from_a_column_are_warned_of()
    {
        var specification = Read("tabular_classification");

        Assert.Equal(new(DataIdStrategy.Column, "bottle"), specification.DataId);
        Assert.Equal(
            "ingest.yaml:13: data_id.strategy: column: values of \"bottle\" leave the cluster as row ids; "
                + "remove data_id to send random ids",
            $"{Assert.Single(specification.Warnings)}");
    }

    [Fact]
    public void Columns_keep_their_order_and_types() => Assert.Equal(
        [
            new("rooms", new(SqlBase.Int)),
            new("area", new(SqlBase.Float)),
            new Column("rent", new(SqlBase.Decimal, 9, 2)),
        ],
        Read("tabular_regression").Schema);

    [Fact]
    public void Arguments_of_a_processor_are_JSON() => Assert.Equal(
        new ProcessorSpecification(
            "/data/shared/convert.py",
            "Convert",
            """{"unit":"celsius","digits":2,"strict":true,"limits":[-40,85.5,null]}"""),
        Assert.Single(Read("custom_processor").Processors));

    [Fact]
    public void Rows_come_from_the_one_file()
    {
        Assert.Equal(
            ("/data/shared/sensors.json", SourceFormat.Json),
            (Read("custom_processor").Source, Read("custom_processor").Format));
        Assert.Equal(
            ("/data/shared/street/labels.csv", SourceFormat.Csv, Intent.Test),
            (Read("object_detection").Source, Read("object_detection").Format, Read("object_detection").Intent));
    }

    private static IngestSpecification Read(string name) => SpecificationText.Read(PublishedDocuments.All[name]);
}
