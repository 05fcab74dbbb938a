using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Ingestion.Tests.Validation;

public sealed class FilesExistTests : IDisposable
{
    private readonly SampleFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_name_their_files_with_and_without_an_extension()
    {
        _folder.With("images/a.jpg").With("images/b.jpg").With("images/c.jpg").With("images/d.jpg");
        var validator = Images();

        var findings = RowCheck.Run(validator, "filename\tlabel", "a\tx", "b.jpg\ty", " a.jpg \tx");

        Assert.Empty(RowCheck.Printed(findings));
        Assert.Equal(["2 of 4 files in images are named by no row and are not ingested"], findings.Notes);
        Assert.Equal(2, validator.Manifest.Count);
        Assert.Equal(
            [("a.jpg", _folder.At("images/a.jpg")), ("b.jpg", _folder.At("images/b.jpg"))],
            validator.Manifest.Files().Select(file => (file.Name, file.Path)).Order());
    }

    [Fact]
    public void A_file_that_became_a_link_is_no_longer_listed()
    {
        _folder.With("images/a.jpg").With("images/b.jpg").With("secret");
        var validator = Images();
        RowCheck.Run(validator, "filename", "a", "b");

        File.Delete(_folder.At("images/b.jpg"));
        File.CreateSymbolicLink(_folder.At("images/b.jpg"), _folder.At("secret"));

        Assert.Equal(["a.jpg"], validator.Manifest.Files().Select(file => file.Name));
        Assert.Equal(2, validator.Manifest.Count);
    }

    [Fact]
    public void A_row_without_its_file_is_named_with_its_line()
    {
        _folder.With("images/a.jpg").With("images/Case.jpg").With("images/.hidden.jpg");
        File.CreateSymbolicLink(_folder.At("images/link.jpg"), _folder.At("images/a.jpg"));

        Assert.Equal(
            [
                "rows.csv:3: filename: images/b.jpg does not exist; add it, or correct the row",
                "rows.csv:4: filename: images/case.jpg exists in other case alone; rename one",
                "rows.csv:5: filename: \"../a.jpg\" names a folder; "
                    + "write the name of a file in the configured folder alone",
                "rows.csv:6: filename: has no file name; write the name of the row's file",
                "rows.csv:7: filename: \".hidden.jpg\" begins with a dot; hidden files are no data, rename the file",
                "rows.csv:8: filename: images/link.jpg does not exist; add it, or correct the row",
            ],
            RowCheck.Printed(RowCheck.Run(
                Images(), "filename", "a", "b", "case", "../a.jpg", "", ".hidden.jpg", "link.jpg")));
    }

    [Fact]
    public void The_counterpart_of_a_file_goes_with_it()
    {
        _folder.With("images/a.jpg").With("images/b.jpg").With("annotations/a.xml").With("annotations/c.xml");
        var validator = new FilesExistValidator(
            _folder.Of(_folder.Images, _folder.Annotations), Rules("object_detection"));

        var findings = RowCheck.Run(validator, "filename", "a", "a", "b");

        Assert.Equal(
            ["rows.csv:4: filename: annotations/b.xml does not exist; add it, or correct the row"],
            RowCheck.Printed(findings));
        Assert.Equal(["1 of 2 files in annotations are named by no row and are not ingested"], findings.Notes);
        Assert.Equal(
            ["a.jpg", "a.xml", "b.jpg"], validator.Manifest.Files().Select(file => file.Name).Order());
    }

    [Fact]
    public void A_mask_may_have_a_column_of_its_own()
    {
        _folder.With("images/a.jpg").With("images/b.jpg").With("masks/a_mask.png").With("masks/x_mask.png");
        var validator = new FilesExistValidator(
            _folder.Of(_folder.Images, _folder.Masks), Rules("semantic_segmentation"));

        var findings = RowCheck.Run(
            validator, "filename\tmask_id", "a\t", "b\tx_mask", "b\tx_mask.jpg", "b\t../x", "b\ty");

        Assert.Equal(
            [
                "rows.csv:5: mask_id: \"../x\" names a folder; write the name of a file in the configured folder alone",
                "rows.csv:6: mask_id: masks/y.png does not exist; add it, or correct the row",
            ],
            RowCheck.Printed(findings));
        Assert.Equal(4, validator.Manifest.Count);
    }

    [Fact]
    public void A_column_of_another_spelling_is_named()
    {
        _folder.With("images/a.jpg");

        Assert.Equal(
            ["rows.csv:1: has no column filename; rename Filename to filename"],
            RowCheck.Printed(RowCheck.Run(Images(), "Filename", "a")));
        Assert.Equal(
            ["rows.csv:1: has no column filename; add it, with the name of each row's file"],
            RowCheck.Printed(RowCheck.Run(Images(), "label", "a")));
    }

    [Fact]
    public void Names_that_differ_by_case_alone_would_overwrite_each_other()
    {
        _folder.With("images/a.jpg").With("images/A.jpg");

        Assert.Matches(
            "^images/[aA].jpg: has the name of another file but for its case; rename one$",
            RowCheck.Printed(RowCheck.Run(Images(), "filename", "a"))[0]);
    }

    [Fact]
    public void A_folder_that_cannot_be_read_is_the_only_fault() => Assert.Equal(
        [$"images: {_folder.At("images")} does not exist; check the path and that it is mounted"],
        RowCheck.Printed(RowCheck.Run(Images(), "filename", "a", "b")));

    private FilesExistValidator Images() => new(_folder.Of(_folder.Images), Rules("image_classification"));

    private static CategoryRules Rules(string name) => Assert.IsType<CategoryRules>(Categories.Find(name));
}
