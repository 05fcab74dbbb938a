using FsCheck;
using FsCheck.Fluent;
using Tracebloc.Ingestion.Datasets;

namespace Tracebloc.Ingestion.Tests.Datasets;

public sealed class ManifestNameTests
{
    [Theory]
    [InlineData("cat.jpg", ".jpg", "cat.jpg", "cat")]
    [InlineData("cat", ".jpeg", "cat.jpeg", "cat")]
    [InlineData("cat.jpeg", ".jpeg", "cat.jpeg", "cat")]
    [InlineData(" cat.JPG ", ".jpg", "cat.JPG", "cat")]
    [InlineData("cat.v2", ".png", "cat.v2.png", "cat.v2")]
    [InlineData("cat.v2.png", ".png", "cat.v2.png", "cat.v2")]
    [InlineData("cat.png", ".jpg", "cat.png", "cat")]
    [InlineData("note.text", ".txt", "note.text", "note")]
    [InlineData("Kätzchen 🐈", ".jpg", "Kätzchen 🐈.jpg", "Kätzchen 🐈")]
    [InlineData("a..b", ".jpg", "a..b.jpg", "a..b")]
    [InlineData("~cat", ".jpg", "~cat.jpg", "~cat")]
    public void A_name_gets_the_extension_that_it_lacks(string text, string extension, string file, string stem)
    {
        Assert.True(ManifestName.TryParse(text, extension, out var name, out _));
        Assert.Equal((file, stem), (name.File, name.Stem));
    }

    [Theory]
    [InlineData("", "has no file name")]
    [InlineData("  ", "has no file name")]
    [InlineData("..", "\"..\" begins with a dot")]
    [InlineData(".", "begins with a dot")]
    [InlineData("../cat.jpg", "\"../cat.jpg\" names a folder")]
    [InlineData("a/../../cat.jpg", "names a folder")]
    [InlineData("/etc/passwd", "names a folder")]
    [InlineData("//etc/passwd", "names a folder")]
    [InlineData("a/cat.jpg", "names a folder")]
    [InlineData("cat.jpg/", "names a folder")]
    [InlineData("..\\cat.jpg", "names a folder")]
    [InlineData("C:\\cat.jpg", "names a folder")]
    [InlineData("\\\\host\\share\\cat.jpg", "names a folder")]
    [InlineData(".hidden.jpg", "begins with a dot")]
    [InlineData(".tracebloc-owner", "begins with a dot")]
    [InlineData("cat\0.jpg", "\"cat\\u0000.jpg\" contains a control character")]
    [InlineData("cat.jpg\0", "contains a control character")]
    [InlineData("cat\n.jpg", "\"cat\\n.jpg\" contains a control character")]
    [InlineData("\u001b[31mcat.jpg", "contains a control character")]
    [InlineData("cat\u2028.jpg", "contains a control character")]
    [InlineData("cat\u0085.jpg", "contains a control character")]
    public void A_name_that_could_leave_its_folder_is_refused(string text, string error)
    {
        Assert.False(ManifestName.TryParse(text, ".jpg", out _, out var found));
        Assert.Contains(error, found);
    }

    [Theory]
    [InlineData("x", 251, true)]
    [InlineData("x", 252, false)]
    [InlineData("é", 125, true)]
    [InlineData("é", 126, false)]
    public void A_name_has_at_most_255_bytes_with_its_extension(string letter, int count, bool isGood) =>
        Assert.Equal(isGood, ManifestName.TryParse(
            string.Concat(Enumerable.Repeat(letter, count)), ".jpg", out _, out _));

    [Fact]
    public void Any_accepted_name_stays_in_its_folder() => Prop.ForAll(
        (from parts in Gen.Elements("..", ".", "/", "\\", "a", "é", "\0", "\n", " ", "~", ".jpg", "C:").ArrayOf()
         select string.Concat(parts)).ToArbitrary(),
        text => !ManifestName.TryParse(text, ".jpg", out var name, out _)
            || Path.GetFullPath(Path.Combine("/data/images", name.File), "/") == $"/data/images/{name.File}")
        .QuickCheckThrowOnFailure();
}
