using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Tests.Specifications;

namespace Tracebloc.Ingestion.Tests.Datasets;

public sealed class DatasetFolderTests
{
    [Fact]
    public void Without_a_folder_the_named_places_are_meant()
    {
        var data = DatasetFolder.Of(Read("object_detection"));

        Assert.Equal("/data/shared/in/rows.csv", data.Source);
        Assert.Equal(
            [
                new(FileFolder.Images, "/data/shared/in/images", ".jpg"),
                new FileLayout(FileFolder.Annotations, "/data/shared/in/annotations", ".xml"),
            ],
            data.Layout);
        Assert.Equal("/data/shared/in/tokenizer.json", data.Tokenizer);
    }

    [Theory]
    [InlineData("/data/shared/in/rows.csv", "/data/shared/in/texts", "/my/data/rows.csv", "/my/data/texts")]
    [InlineData("/data/shared/in/rows.csv", "/data/shared/in/texts/", "/my/data/rows.csv", "/my/data/texts")]
    [InlineData("/data/in/labels/a.csv", "/data/in/deep/texts", "/my/data/labels/a.csv", "/my/data/deep/texts")]
    [InlineData("/one/a.csv", "/two/texts", "/my/data/one/a.csv", "/my/data/two/texts")]
    [InlineData("/data/in2/a.csv", "/data/in/texts", "/my/data/in2/a.csv", "/my/data/in/texts")]
    [InlineData("/data/texts/a.csv", "/data/texts", "/my/data/texts/a.csv", "/my/data/texts")]
    [InlineData("a.csv", "texts", "/my/data/a.csv", "/my/data/texts")]
    [InlineData("/data/shared/in/a.csv", "in/texts", "/my/data/a.csv", "/my/data/texts")]
    [InlineData("./in/a.csv", "in/texts", "/my/data/a.csv", "/my/data/texts")]
    public void A_folder_stands_in_for_the_common_one(string csv, string texts, string atCsv, string atTexts)
    {
        var specification = SpecificationText.Read(SpecificationText.Of("embeddings")
            .Replace("/data/shared/in/rows.csv", csv)
            .Replace("/data/shared/in/texts", texts));

        var data = DatasetFolder.Of(specification, "/my/data");

        Assert.Equal((atCsv, atTexts), (data.Source, Assert.Single(data.Layout).Path));
    }

    [Theory]
    [InlineData("/data/shared/in/clean.py", "/my/data/rows.csv", "/my/data/clean.py")]
    [InlineData("in/clean.py", "/my/data/rows.csv", "/my/data/clean.py")]
    [InlineData("/data/shared/code/clean.py", "/my/data/in/rows.csv", "/my/data/code/clean.py")]
    public void A_processor_s_script_is_one_of_the_named_places(string script, string atCsv, string atScript)
    {
        var specification = SpecificationText.Read(
            SpecificationText.Of("tabular_classification")
            + $"spec: {{processors: [{{script: {script}, class: Clean}}]}}\n");

        var data = DatasetFolder.Of(specification, "/my/data");

        Assert.Equal((atCsv, atScript), (data.Source, Assert.Single(data.Scripts)));
    }

    [Fact]
    public void Rows_alone_have_no_folders()
    {
        var data = DatasetFolder.Of(Read("tabular_regression"), "/my/data");

        Assert.Equal(("/my/data/rows.csv", null), (data.Source, data.Tokenizer));
        Assert.Empty(data.Layout);
    }

    [Theory]
    [InlineData("cat.jpg", "cat")]
    [InlineData("cat", "cat")]
    [InlineData("a.b.jpg", "a.b")]
    [InlineData(".jpg", ".jpg")]
    public void A_stem_ends_before_the_last_dot(string file, string stem) =>
        Assert.Equal(stem, ManifestName.StemOf(file));

    private static IngestSpecification Read(string category) =>
        SpecificationText.Read(SpecificationText.Of(category));
}
