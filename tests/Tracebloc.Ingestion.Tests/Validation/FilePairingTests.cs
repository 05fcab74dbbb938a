using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Ingestion.Tests.Validation;

public sealed class FilePairingTests : IDisposable
{
    private readonly SampleFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pairs_by_stem_pass()
    {
        _folder.With("images/a.jpg").With("images/b.v2.jpg").With("annotations/b.v2.xml").With("annotations/a.xml");

        Assert.Equal(0, (await CheckAsync(_folder.Images, _folder.Annotations, "")).Total);
    }

    [Fact]
    public async Task Files_without_a_counterpart_are_named_in_both_directions()
    {
        _folder.With("images/a.jpg").With("images/b.jpg").With("annotations/b.xml").With("annotations/c.xml");

        Assert.Equal(
            [
                "annotations/c.xml: has no images/c.jpg; add that, or remove it",
                "images/a.jpg: has no annotations/a.xml; add that, or remove it",
            ],
            _folder.Printed(await CheckAsync(_folder.Images, _folder.Annotations, "")));
    }

    [Fact]
    public async Task A_mask_has_the_stem_of_its_image_and_a_suffix()
    {
        _folder.With("images/a.jpg").With("images/b.jpg").With("images/c.jpg");
        _folder.With("masks/a_mask.png").With("masks/b.png").With("masks/C_mask.png");

        Assert.Equal(
            [
                "images/b.jpg: has no masks/b_mask.png; add that, or remove it",
                "images/c.jpg: has no masks/c_mask.png; add that, or remove it",
                "masks/C_mask.png: has no images/C.jpg; add that, or remove it",
                "masks/b.png: does not end in _mask; rename it",
            ],
            _folder.Printed(await CheckAsync(_folder.Images, _folder.Masks, "_mask")));
    }

    [Fact]
    public async Task Two_files_of_one_name_would_overwrite_each_other()
    {
        _folder.With("images/a.png").With("images/a_mask.png");
        _folder.With("masks/a_mask.png").With("masks/a_mask_mask.png");

        Assert.Equal(
            [
                "masks/a_mask.png: has the name of a file in images; "
                    + "rename one, since both are stored in one folder",
            ],
            _folder.Printed(await CheckAsync(_folder.Images with { Extension = ".png" }, _folder.Masks, "_mask")));
    }

    [Theory]
    [InlineData("images")]
    [InlineData("masks")]
    public async Task A_folder_that_cannot_be_read_misses_nothing(string readable)
    {
        _folder.With($"{readable}/a_mask.png");

        Assert.Matches(
            "^(images|masks): (images|masks) does not exist",
            Assert.Single(_folder.Printed(await CheckAsync(_folder.Images, _folder.Masks, "_mask"))));
    }

    private static Task<Findings> CheckAsync(FileLayout first, FileLayout second, string suffix) =>
        SampleFolder.CheckAsync(new FilePairingValidator(first, second, new(suffix)));
}
