using Tracebloc.ModelUpload.Sources;

namespace Tracebloc.ModelUpload.Tests.Sources;

public sealed class ModelFilterTests
{
    [Theory]
    [InlineData(".git/config")]
    [InlineData(".gitignore")]
    [InlineData(".gitattributes")]
    [InlineData(".github/workflows/ci.yaml")]
    [InlineData(".cache/huggingface/download/config.json.metadata")]
    [InlineData("tok/.cache/x")]
    [InlineData(".model-upload/record.json")]
    [InlineData("model.sig")]
    [InlineData("model.sigstore.json")]
    [InlineData("lost+found/1234")]
    public void Caches_signatures_and_files_of_Git_are_not_the_model(string path)
    {
        var listing = ModelFilter.Of("pvc", [Some("config.json"), Some(path)]);

        Assert.Equal(["config.json"], listing.Files.Select(file => file.Path.Text));
        Assert.Equal([path], listing.LeftOut.Select(left => left.Text));
    }

    [Theory]
    [InlineData(".hidden")]
    [InlineData("sub/model.sig")]
    [InlineData("sub/.gitattributes")]
    [InlineData(".cached/x")]
    [InlineData("index.json")]
    [InlineData("blobs/x")]
    [InlineData("..data")]
    public void Files_of_like_names_are_the_model(string path) =>
        Assert.Equal(path, Assert.Single(ModelFilter.Of("pvc", [Some(path)]).Files).Path.Text);

    [Fact]
    public void Fault_1_the_layout_of_an_image_beside_the_model_is_left_out()
    {
        var listing = ModelFilter.Of(
            "pvc", [Some("oci-layout"), Some("index.json"), Some("blobs/sha256/ab"), Some("a/index.json")]);

        Assert.Equal(["a/index.json"], listing.Files.Select(file => file.Path.Text));
        Assert.Equal(3, listing.LeftOut.Count);
    }

    [Fact]
    public void Files_are_ordered_by_their_UTF_8_bytes()
    {
        var listing = ModelFilter.Of("pvc", [Some("a/b"), Some("\U0001F600"), Some("\uFFFD"), Some("a-b")]);

        Assert.Equal(["a-b", "a/b", "\uFFFD", "\U0001F600"], listing.Files.Select(file => file.Path.Text));
    }

    [Fact]
    public void Fault_2_a_path_that_occurs_twice_is_rejected()
    {
        var fault = Assert.Throws<UploadException>(() => ModelFilter.Of("pvc", [Some("a"), Some("b"), Some("a")]));

        Assert.Equal(UploadExit.Source, fault.ExitCode);
        Assert.Equal("pvc has a twice; keep one of them", fault.Message);
    }

    [Fact]
    public void Fault_2_a_file_that_is_a_folder_of_another_is_rejected()
    {
        var fault = Assert.Throws<UploadException>(
            () => ModelFilter.Of("pvc", [Some("a/b/c"), Some("a"), Some("a-b")]));

        Assert.Equal("pvc has a as a file and as a folder of a/b/c; rename one of them", fault.Message);
    }

    [Fact]
    public void Fault_4_no_files_at_all_are_an_error()
    {
        var fault = Assert.Throws<UploadException>(() => ModelFilter.Of("s3://b/k", []));

        Assert.Equal("s3://b/k has no files; check the address", fault.Message);
    }

    [Fact]
    public void Fault_4_files_of_which_none_is_the_model_are_an_error()
    {
        var fault = Assert.Throws<UploadException>(() => ModelFilter.Of("s3://b/k", [Some("model.sig")]));

        Assert.Contains("all 1 are caches, signatures or files of Git", fault.Message, StringComparison.Ordinal);
    }

    private static SourceFile Some(string path) => SomeSource.File(path, []);
}
