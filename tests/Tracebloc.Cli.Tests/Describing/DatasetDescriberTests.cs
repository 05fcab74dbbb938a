using Tracebloc.Cli.Describing;
using Tracebloc.Cli.Looking;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Tests.Describing;

public sealed class DatasetDescriberTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Images_are_described_with_their_extension_and_size()
    {
        using var folder = DataFolder.OfImages();

        var dataset = await DescribeAsync(folder.Path, Options("image_classification") with { LabelColumn = "label" });

        Assert.Equal(
            """
            apiVersion: tracebloc.io/v1
            kind: IngestConfig
            category: image_classification
            table: pets
            intent: train
            csv: /data/shared/.tracebloc-staging/x/labels.csv
            images: /data/shared/.tracebloc-staging/x/images/
            label: label
            spec:
              file_options:
                extension: .jpg
                target_size: [64, 48]

            """,
            dataset.For(StagedPaths.Root + "/x").Yaml);
    }

    [Fact]
    public async Task A_table_is_described_with_the_types_of_all_rows()
    {
        using var folder = DataFolder.OfHouses();

        var dataset = await DescribeAsync(
            folder["houses.csv"],
            Options("tabular_regression") with
            {
                LabelColumn = "Price",
                Schema = SchemaText.Parse("rooms:SMALLINT").Columns!,
            });

        Assert.Equal(
            """
            apiVersion: tracebloc.io/v1
            kind: IngestConfig
            category: tabular_regression
            table: pets
            intent: train
            csv: s/labels.csv
            label:
              column: price
              policy: bucket
            schema:
              rooms: SMALLINT
              area: FLOAT
              built: DATE
              price: INT

            """,
            dataset.For("s").Yaml);
        Assert.Equal([new StageFile("labels.csv", folder["houses.csv"], 65)], dataset.For("s").Files());
    }

    [Fact]
    public async Task Columns_of_every_table_are_left_out()
    {
        using var folder = new DataFolder();
        folder.Add("a.csv", "id,label,x,class\n1,a,2,b\n");

        var dataset = await DescribeAsync(
            folder["a.csv"], Options("tabular_classification") with { LabelColumn = "class" });

        Assert.Equal(["x", "class"], dataset.Specification.Schema.Select(column => column.Name));
    }

    [Fact]
    public async Task A_timestamp_has_the_type_that_its_category_demands()
    {
        using var folder = new DataFolder();
        folder.Add("a.csv", "timestamp,v,y\n2024-01-01,1,2.5\n2024-01-02,1,3.5\n");

        var forecast = await DescribeAsync(
            folder["a.csv"], Options("time_series_forecasting") with { LabelColumn = "y" });

        Assert.Equal("TIMESTAMP", forecast.Specification.Schema[0].Type.Declared);
    }

    [Fact]
    public async Task Keypoints_are_counted_in_the_first_row()
    {
        using var folder = new DataFolder();
        folder.Add("images/a.png", Tracebloc.Testing.SampleImages.Png(30, 20));
        folder.Add(
            "labels.csv",
            "filename,label,Annotation,Visibility\n"
            + "a.png,x,\"{\"\"l\"\": [1, 2], \"\"r\"\": [3, 4]}\",\"{\"\"l\"\": 1, \"\"r\"\": 1}\"\n");

        var dataset = await DescribeAsync(folder.Path, Options("keypoint_detection") with { LabelColumn = "label" });

        Assert.Contains("\ntarget_size: [30, 20]\nnumber_of_keypoints: 2\n", dataset.For("s").Yaml);
        Assert.Contains("  file_options:\n    extension: .png\n", dataset.For("s").Yaml);
    }

    [Fact]
    public async Task A_wide_table_fits_into_a_row()
    {
        using var folder = new DataFolder();
        var wide = string.Join(',', Enumerable.Repeat(new string('x', 9000), 4));
        folder.Add("a.csv", $"a,b,c,d\n{wide}\n{wide}\n");

        var dataset = await DescribeAsync(
            folder["a.csv"], Options("tabular_classification") with { LabelColumn = "d" });

        Assert.Contains("TEXT", dataset.Specification.Schema.Select(column => column.Type.Declared));
    }

    [Theory]
    [InlineData("image_classification", "schema", "--schema has no meaning for image_classification")]
    [InlineData("image_classification", "policy", "--label-policy has no meaning for image_classification")]
    [InlineData("image_classification", "time", "--time-column has no meaning for image_classification")]
    [InlineData("image_classification", "keypoints", "--number-of-keypoints has no meaning for image_classification")]
    [InlineData("tabular_regression", "target", "--target-size has no meaning for tabular_regression")]
    [InlineData("tabular_regression", "least", "--min-size has no meaning for tabular_regression")]
    [InlineData("tabular_regression", "time", "--time-column has no meaning for tabular_regression")]
    [InlineData("seq2seq", "label", "--label-column has no meaning for seq2seq")]
    public async Task A_flag_of_another_category_is_refused(string category, string flag, string message)
    {
        using var folder = DataFolder.OfImages();
        var options = Options(category);
        options = flag switch
        {
            "schema" => options with { Schema = SchemaText.Parse("a:INT").Columns! },
            "policy" => options with { LabelPolicy = LabelPolicy.Bucket },
            "time" => options with { TimeColumn = "t" },
            "keypoints" => options with { NumberOfKeypoints = 2 },
            "target" => options with { TargetSize = new(1, 1) },
            "least" => options with { MinSize = new(1, 1) },
            _ => options with { LabelColumn = "label" },
        };

        var fault = await Assert.ThrowsAsync<CliException>(() => DescribeAsync(folder.Path, options));

        Assert.StartsWith(message, fault.Message);
        Assert.Equal(CliExit.Usage, fault.ExitCode);
    }

    [Fact]
    public async Task A_config_stands_in_for_all_flags_and_its_paths_are_moved_into_the_stage()
    {
        using var folder = DataFolder.OfImages(".jpeg");
        folder.Add(
            "ingest.yaml",
            """
            apiVersion: tracebloc.io/v1
            kind: IngestConfig
            category: image_classification
            table: pets
            intent: train
            csv: /somewhere/labels.csv
            images: /somewhere/images
            label: label
            spec: {file_options: {target_size: [64, 48]}}
            """);

        var dataset = await DescribeAsync(folder.Path, new() { Config = folder["ingest.yaml"] });

        var request = dataset.For("/stage");
        Assert.Contains("csv: /stage/labels.csv\nimages: /stage/images/\n", request.Yaml);
        Assert.Equal(
            ["labels.csv", "images/a.jpeg", "images/b.jpeg", "images/c.jpeg"],
            request.Files().Select(file => file.Path));
        Assert.Equal((4, request.Files().Sum(file => file.Size)), (request.FileCount, request.Bytes));
    }

    [Theory]
    [InlineData("images", "images does not exist", true)]
    [InlineData("labels.csv", "labels.csv does not exist; put the rows there", false)]
    public async Task A_config_whose_data_is_not_there_names_the_path(string missing, string message, bool isFolder)
    {
        using var folder = DataFolder.OfImages(".jpeg");
        folder.Add(
            "ingest.yaml",
            "{apiVersion: tracebloc.io/v1, kind: IngestConfig, category: image_classification, table: pets, "
            + "intent: train, csv: labels.csv, images: images, label: label}");
        if (isFolder) Directory.Delete(folder[missing], recursive: true);
        else File.Delete(folder[missing]);

        var fault = await Assert.ThrowsAsync<CliException>(
            () => DescribeAsync(folder.Path, new() { Config = folder["ingest.yaml"] }));

        Assert.Contains(isFolder ? "is no folder; put the images there" : message, fault.Message);
        Assert.Equal(CliExit.Local, fault.ExitCode);
    }

    [Fact]
    public async Task The_folder_itself_may_be_a_link()
    {
        using var folder = DataFolder.OfImages();
        using var other = new DataFolder();
        other.Link("here", folder.Path);

        var dataset = await DescribeAsync(
            other["here"], Options("image_classification") with { LabelColumn = "label" });

        Assert.Equal(4, dataset.Found.Files);
    }

    private static DescriptionOptions Options(string category) =>
        new() { Category = Categories.Find(category), Table = "pets" };

    private static async Task<LocalDataset> DescribeAsync(string path, DescriptionOptions options)
    {
        using var terminal = new FakeTerminal();
        return await new DatasetDescriber(terminal.Screen()).DescribeAsync(LocalOrigin.Of(path), options, Cancelled)
            ?? throw new InvalidOperationException("declined");
    }
}
