using Tracebloc.ModelUpload.Layers;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Tests.Layers;

public sealed class LayerAnnotationsTests
{
    private static readonly Digest Content = Digest.Of("x"u8);

    [Fact]
    public void A_layer_of_a_file_names_it_and_its_digest()
    {
        var annotations = LayerAnnotations.OfFile(SomeLayer.Path("tok/config.json"), Content);

        Assert.Equal(
            [
                $"olot.layer.content.digest={Content}",
                "olot.layer.content.inlayerpath=/models/tok/config.json",
                "olot.layer.content.name=config.json",
                "olot.layer.content.type=file",
                "org.opencontainers.image.title=tok/config.json",
            ],
            annotations.Select(each => $"{each.Key}={each.Value}"));
        Assert.Equal((SomeLayer.Path("tok/config.json"), Content), LayerAnnotations.FileOf(annotations));
    }

    [Fact]
    public void A_shared_layer_names_no_file()
    {
        Assert.Equal("/models/", LayerAnnotations.OfFolder()[LayerAnnotations.InLayerPath]);
        Assert.Null(LayerAnnotations.FileOf(LayerAnnotations.OfFolder()));
    }

    [Theory]
    [InlineData(LayerAnnotations.Type, "directory")]
    [InlineData(LayerAnnotations.InLayerPath, "/etc/passwd")]
    [InlineData(LayerAnnotations.InLayerPath, "/models/../x")]
    [InlineData(LayerAnnotations.Content, "sha256:12")]
    public void Annotations_that_name_no_file_of_a_model_are_none(string name, string value)
    {
        var annotations = LayerAnnotations.OfFile(SomeLayer.Path("a"), Content).ToDictionary();
        annotations[name] = value;

        Assert.Null(LayerAnnotations.FileOf(annotations));
    }
}
