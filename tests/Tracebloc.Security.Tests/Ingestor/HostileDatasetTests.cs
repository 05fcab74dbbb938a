using System.Runtime.Versioning;
using Tracebloc.Configuration;
using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Reading;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Testing;

namespace Tracebloc.Security.Tests.Ingestor;

/// <summary>
/// A data set whose rows, links and documents all lead to a secret beside it: validation ends, reads nothing of the
/// secret, and lists no file outside the folders.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class HostileDatasetTests : IDisposable
{
    private const string Specification = """
        apiVersion: tracebloc.io/v1
        kind: IngestConfig
        category: object_detection
        table: street
        intent: train
        csv: /data/shared/in/rows.csv
        images: /data/shared/in/images
        annotations: /data/shared/in/annotations
        label: kind
        spec: {file_options: {target_size: [8, 8]}}
        """;

    private const string Annotation = """
        <annotation><folder>images</folder><filename>good.jpg</filename>
        <source><database>a</database><annotation>b</annotation></source>
        <size><width>8</width><height>8</height><depth>3</depth></size><segmented>0</segmented></annotation>
        """;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("hostile-");
    private readonly Canary _secret = Canary.New("beside-the-data");

    public static TheoryData<string> Names =>
    [
        "../secret.jpg", "images/../../secret.jpg", "..\\secret.jpg", "/etc/passwd", "//etc/passwd", "./secret.jpg",
        "..", ".", ".secret.jpg", "SECRET.jpg", "secret.jpg/", "sec\u0001ret.jpg", "secret.jpg%00",
        "file:///etc/passwd", "~",
    ];

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task The_data_set_without_an_attack_is_valid()
    {
        Put("in/rows.csv", "filename,kind\ngood,car\n");

        Assert.True((await ValidateAsync()).Result.IsValid);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_name_leads_to_no_file_outside_its_folder(string name)
    {
        Put("secret.jpg", _secret.Value);
        Put("in/rows.csv", $"filename,kind\ngood,car\n\"{name.Replace("\\", "\\\\")}\",car\n");

        var (result, files) = await ValidateAsync();

        Assert.False(result.IsValid);
        Assert.Equal(["good.jpg", "good.xml"], files);
    }

    [Theory]
    [InlineData("images/bad.jpg")]
    [InlineData("annotations/bad.xml")]
    public async Task A_link_to_a_secret_is_not_followed(string link)
    {
        Put("secret.jpg", _secret.Value);
        Put("in/rows.csv", "filename,kind\ngood,car\nbad,car\n");
        File.CreateSymbolicLink(At($"in/{link}"), At("secret.jpg"));

        var (result, files) = await ValidateAsync();

        Assert.False(result.IsValid);
        Assert.Equal(["good.jpg", "good.xml"], files);
    }

    [Fact]
    public async Task A_document_that_includes_a_secret_is_refused_unread()
    {
        Put("secret.jpg", _secret.Value);
        Put("in/rows.csv", "filename,kind\ngood,car\n");
        Put("in/annotations/good.xml", $"""
            <!DOCTYPE annotation [<!ENTITY secret SYSTEM "file://{At("secret.jpg")}">]>
            <annotation><folder>&secret;</folder><segmented>&secret;</segmented></annotation>
            """);

        Assert.False((await ValidateAsync()).Result.IsValid);
    }

    [Fact]
    public async Task A_pipe_without_a_writer_does_not_hold_validation()
    {
        Put("in/rows.csv", "filename,kind\ngood,car\nbad,car\n");
        using var image = new NamedPipe(At("in/images/bad.jpg"));
        using var annotation = new NamedPipe(At("in/annotations/bad.xml"));

        var (result, files) = await ValidateAsync();

        Assert.False(result.IsValid);
        Assert.Equal(["good.jpg", "good.xml"], files);
    }

    private async Task<(ValidationResult Result, IReadOnlyList<string> Files)> ValidateAsync()
    {
        var token = TestContext.Current.CancellationToken;
        Put("in/images/good.jpg", SampleImages.Jpeg(8, 8));
        if (!File.Exists(At("in/annotations/good.xml"))) Put("in/annotations/good.xml", Annotation);
        var read = IngestDocument.Parse(Specification, new ConfigurationErrors("ingest.yaml"));
        var specification = Assert.IsType<IngestSpecification>(read);
        var data = DatasetFolder.Of(specification, At("in"));
        var files = FilesValidation.Of(specification, data);
        await using var records = await RecordSource.OpenAsync(new(data.Source, "rows.csv"), specification, token);
        var result = await ValidationRun.RunAsync(
            new(specification, records, _root.FullName, TimeProvider.System)
            {
                Rows = files.Rows,
                Folders = files.Folders,
            },
            null,
            token);
        var scan = new LeakScan(_secret);
        foreach (var finding in result.Findings.SelectMany(each => each.First)) scan.Look("A finding", $"{finding}");
        scan.AssertNone();
        return (result, [.. files.Manifest.Files().Select(file => file.Name).Order(StringComparer.Ordinal)]);
    }

    private string At(string path) => Path.Combine(_root.FullName, path);

    private void Put(string path, string text) => Put(path, System.Text.Encoding.UTF8.GetBytes(text));

    private void Put(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path)) ?? "");
        foreach (var folder in new[] { "in/images", "in/annotations" }) Directory.CreateDirectory(At(folder));
        File.WriteAllBytes(At(path), bytes);
    }
}
