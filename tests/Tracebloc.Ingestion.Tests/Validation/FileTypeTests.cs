using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Testing;

namespace Tracebloc.Ingestion.Tests.Validation;

public sealed class FileTypeTests : IDisposable
{
    private readonly SampleFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_of_the_configured_extension_pass()
    {
        _folder.With("images/a.jpg").With("images/b.v2.jpg").With("annotations/a.xml");

        var findings = await CheckAsync(_folder.Images, _folder.Annotations);

        Assert.Equal((0, 0), (findings.Total, findings.Notes.Count));
    }

    [Fact]
    public async Task Hidden_files_are_ignored()
    {
        _folder.With("images/a.jpg").With("images/.DS_Store").With("images/._a.jpg");

        Assert.Equal(0, (await CheckAsync(_folder.Images)).Total);
    }

    [Fact]
    public async Task A_file_of_another_extension_is_named_with_a_remedy()
    {
        _folder.With("images/a.png").With("images/b").With("images/c.JPG").With("images/d.jpg");
        _folder.With("annotations/a.json");

        Assert.Equal(
            [
                "annotations/a.json: has the extension .json, not .xml; convert, rename or remove it",
                "images/a.png: has the extension .png, not .jpg; convert, rename or remove it, "
                    + "or set spec.file_options.extension",
                "images/b: has no extension; rename it to .jpg, or remove it",
                "images/c.JPG: has the extension .JPG, not .jpg; convert, rename or remove it, "
                    + "or set spec.file_options.extension",
            ],
            _folder.Printed(await CheckAsync(_folder.Images, _folder.Annotations)));
    }

    [Fact]
    public async Task Links_and_pipes_are_no_files()
    {
        _folder.With("images/a.jpg");
        File.CreateSymbolicLink(_folder.At("images/link.jpg"), _folder.At("images/a.jpg"));
        using var pipe = new NamedPipe(_folder.At("images/pipe.jpg"));

        Assert.Equal(
            [
                "images/link.jpg: is a link; put the file itself there",
                "images/pipe.jpg: is no regular file; remove it",
            ],
            _folder.Printed(await CheckAsync(_folder.Images)));
    }

    [Fact]
    public async Task An_empty_folder_and_an_absent_one_are_faults()
    {
        Directory.CreateDirectory(_folder.At("images"));

        Assert.Equal(
            [
                "annotations: annotations does not exist; check the path and that it is mounted",
                "images: images holds no files; put the .jpg files there",
            ],
            _folder.Printed(await CheckAsync(_folder.Images, _folder.Annotations)));
    }

    [Fact]
    public async Task Folders_below_are_noted()
    {
        _folder.With("images/a.jpg").With("images/more/b.png").With("images/even/c.png");

        var findings = await CheckAsync(_folder.Images);

        Assert.Equal(0, findings.Total);
        Assert.Equal(
            ["Folders that are not searched, since the files of a data set lie side by side: 2; first: images/even"],
            findings.Notes);
    }

    [Fact]
    public async Task The_first_twenty_by_name_are_kept_and_all_are_counted()
    {
        for (var i = 0; i < 30; i++) _folder.With($"images/{29 - i:00}.png");

        var findings = await CheckAsync(_folder.Images);

        Assert.Equal(30, findings.Total);
        Assert.Equal(
            Enumerable.Range(0, 20).Select(i => $"images/{i:00}.png"), findings.First.Select(finding => finding.File));
    }

    private Task<Findings> CheckAsync(params IReadOnlyList<FileLayout> layout) =>
        SampleFolder.CheckAsync(new FileTypeValidator(_folder.Of(layout)));
}
