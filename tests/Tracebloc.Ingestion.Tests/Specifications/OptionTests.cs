using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Tests.Specifications;

public sealed class OptionTests
{
    [Theory]
    [InlineData("';'", ";")]
    [InlineData("'\\t'", "\t")]
    [InlineData("\"\\t\"", "\t")]
    [InlineData("'\\|'", "|")]
    [InlineData("'||'", "||")]
    [InlineData("'|'", "|")]
    public void A_delimiter_is_read_as_pandas_reads_it(string written, string delimiter) =>
        Assert.Equal(delimiter, Csv($"delimiter: {written}").Delimiter);

    [Theory]
    [InlineData("\\s+")]
    [InlineData("[,;]")]
    [InlineData(",*")]
    public void A_delimiter_that_pandas_takes_for_an_expression_is_refused(string delimiter) => Assert.Equal(
        [
            $"ingest.yaml:8: spec.csv_options.delimiter: \"{delimiter}\" is a regular expression, "
                + "which is not supported; write the delimiter itself",
        ],
        SpecificationText.Errors(
            SpecificationText.Of("embeddings") + $"spec: {{csv_options: {{delimiter: '{delimiter}'}}}}\n"));

    [Fact]
    public void Quote_and_escape_are_characters_of_their_own()
    {
        Assert.Equal(new CsvOptions(), Csv("chunk_size: 7"));
        Assert.Equal(
            new CsvOptions { Quote = '\'', Escape = '^' }, Csv("quotechar: \"'\", escapechar: ^"));
    }

    [Fact]
    public void File_options_win_over_the_top_level_and_that_over_the_category()
    {
        var text = SpecificationText.Of("image_classification");

        Assert.Equal(new(256, 256), SpecificationText.Read(text).Files.TargetSize);
        text += "target_size: [20, 30]\n";
        Assert.Equal(new(20, 30), SpecificationText.Read(text).Files.TargetSize);
        text += "spec: {file_options: {target_size: [40, 50], min_size: [1, 2]}}\n";
        Assert.Equal(
            (new ImageSize(40, 50), new ImageSize(1, 2)),
            (SpecificationText.Read(text).Files.TargetSize, SpecificationText.Read(text).Files.MinSize));
    }

    [Fact]
    public void Anchors_and_merge_keys_are_read_as_helm_reads_them()
    {
        var text = SpecificationText.Of("object_detection")
            .Replace("images: /data", "images: &here /data")
            .Replace("annotations: /data/shared/in/annotations", "annotations: *here");

        Assert.Equal("/data/shared/in/images", SpecificationText.Read(text).Folders.Annotations);
    }

    private static CsvOptions Csv(string options) =>
        SpecificationText.Read(SpecificationText.Of("embeddings") + $"spec: {{csv_options: {{{options}}}}}\n").Csv;
}
