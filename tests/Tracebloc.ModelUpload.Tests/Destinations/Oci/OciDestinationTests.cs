using Tracebloc.ModelUpload.Destinations;
using Tracebloc.ModelUpload.Destinations.Oci;
using Tracebloc.ModelUpload.Layers;
using Tracebloc.ModelUpload.Options;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Tests.Destinations.Oci;

public sealed class OciDestinationTests : IDisposable
{
    private static readonly string Large = new('w', 1_048_577);

    private readonly OciRun _run = new();

    private static MemoryModel Model => new(("a/config.json", "{}"), ("tok.txt", "t"), ("weights.bin", Large));

    [Fact]
    public async Task A_modelcar_has_the_base_s_layers_and_then_the_model_s()
    {
        _run.AddBase();

        var published = await _run.PublishAsync(Model);

        var manifest = _run.Published();
        Assert.Equal($"oci://{OciRun.Target}:1", published.Uri);
        Assert.Equal(_run.Registry.Tag($"{OciRun.Target}:1"), published.Digest);
        Assert.Equal(
            [OciMedia.Layer + "+gzip", OciMedia.Layer, OciMedia.Layer],
            manifest.Layers.Select(layer => layer.MediaType));
        Assert.Equal(["models/a/config.json={}", "models/tok.txt=t"], _run.Read(manifest.Layers[1]));
        Assert.Equal([$"models/weights.bin={Large}"], _run.Read(manifest.Layers[2]));
        Assert.Equal("weights.bin", LayerAnnotations.FileOf(manifest.Layers[2].Annotations)?.Path.Text);
        Assert.Equal(["a/config.json", "tok.txt", "weights.bin"], _run.Files.Select(file => file.Path.Text));
        Assert.All(_run.Files, file => Assert.NotNull(file.Content));
        Assert.Equal(Digest.Of("{}"u8), _run.Files[0].Content);
    }

    [Fact]
    public async Task The_configuration_lists_the_new_layers_and_keeps_the_rest()
    {
        _run.AddBase();

        await _run.PublishAsync(Model);

        var manifest = _run.Published();
        var config = _run.Config(manifest);
        Assert.Equal("sh", (string?)config?["config"]?["Cmd"]?[0]);
        Assert.Equal(
            [$"{Digest.Of("tar"u8)}", .. manifest.Layers.Skip(1).Select(layer => $"{layer.Digest}")],
            config?["rootfs"]?["diff_ids"]?.AsArray().Select(id => (string?)id));
        Assert.Equal(
            ["ADD", "CMD", "model-upload a/config.json and 1 more", "model-upload weights.bin"],
            config?["history"]?.AsArray().Select(step => (string?)step?["created_by"]));
    }

    [Fact]
    public async Task The_same_model_again_reads_nothing_sends_no_blob_and_has_the_same_digest()
    {
        _run.AddBase();
        var first = await _run.PublishAsync(Model);
        _run.Registry.Calls.Clear();
        var model = Model;

        var second = await _run.PublishAsync(model);

        Assert.Equal(first.Digest, second.Digest);
        Assert.Equal((0, 0), (second.SentBytes, model.Opened.Count));
        Assert.Empty(_run.Registry.Pushed);
        Assert.All(_run.Plan.Parts, part => Assert.Equal(PartWay.Present, part.Way));
        Assert.Equal(["a/config.json True", "tok.txt True", "weights.bin True"], model.Finished);
    }

    [Fact]
    public async Task The_same_model_from_another_place_is_known_by_its_stated_hashes()
    {
        _run.AddBase();
        var first = await _run.PublishAsync(Model);
        var moved = new MemoryModel(("a/config.json", "{}"), ("tok.txt", "t"), ("weights.bin", Large))
        {
            Name = "other://model",
            States = true,
        };

        Assert.Equal(first.Digest, (await _run.PublishAsync(moved)).Digest);
        Assert.Empty(moved.Opened);
    }

    [Fact]
    public async Task Without_a_record_a_layer_of_one_file_is_known_by_its_annotations()
    {
        _run.AddBase();
        await _run.PublishAsync(Model);
        _run.Registry.ForgetReferrers();
        (string, string)[] files = [("a/config.json", "{}"), ("tok.txt", "t"), ("weights.bin", Large)];
        var model = new MemoryModel(files) { States = true };

        await _run.PublishAsync(model);

        Assert.Equal(["a/config.json", "tok.txt"], model.Opened);
    }

    [Fact]
    public async Task A_file_that_changed_is_sent_with_those_of_its_layer_alone()
    {
        _run.AddBase();
        var first = await _run.PublishAsync(Model);
        var model = new MemoryModel(("a/config.json", "{1}"), ("tok.txt", "t"), ("weights.bin", Large));

        var second = await _run.PublishAsync(model);

        Assert.NotEqual(first.Digest, second.Digest);
        Assert.Equal(["a/config.json", "tok.txt"], model.Opened);
        Assert.Equal(["models/a/config.json={1}", "models/tok.txt=t"], _run.Read(_run.Published().Layers[1]));
    }

    [Fact]
    public async Task A_name_that_removes_files_of_an_image_is_refused_in_the_plan()
    {
        _run.AddBase();

        var fault = await Assert.ThrowsAsync<UploadException>(() => _run.PublishAsync(new(("a/.wh.b", "1"))));

        Assert.Equal(UploadExit.Destination, fault.ExitCode);
        Assert.StartsWith("File a/.wh.b cannot be in an image: ", fault.Message);
        Assert.Empty(_run.Registry.Pushed);
    }

    [Fact]
    public async Task A_layer_that_is_too_large_is_refused_in_the_plan()
    {
        using var run = new OciRun { Registry = new FakeOciRegistry { LargestLayer = 1_048_577 } };
        run.AddBase();

        var fault = await Assert.ThrowsAsync<UploadException>(() => run.PublishAsync(Model));

        Assert.Equal("File weights.bin cannot be pushed: 1050624 bytes are more than 1048577", fault.Message);
        Assert.Empty(run.Registry.Pushed);
    }

    [Fact]
    public async Task A_file_of_unknown_length_goes_through_scratch()
    {
        _run.AddBase();

        await _run.PublishAsync(new MemoryModel(("a", "12345")) { Measures = false });

        Assert.Equal(["models/a=12345"], _run.Read(_run.Published().Layers[1]));
        Assert.Equal(Digest.Of("12345"u8), _run.Files[0].Content);
        Assert.True(_run.IsScratchEmpty);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(512 + 1)]
    [InlineData(512 + 512 + 512 + 1)]
    public async Task An_upload_that_breaks_goes_on_where_it_broke(int place)
    {
        using var run = new OciRun { Registry = new FakeOciRegistry { BreaksAt = place } };
        run.AddBase();
        _run.AddBase();

        Assert.Equal((await _run.PublishAsync(Model)).Digest, (await run.PublishAsync(Model)).Digest);
        Assert.Equal(Digest.Of("{}"u8), run.Files[0].Content);
    }

    [Theory]
    [InlineData(OciFormat.ModelPack, ModelPackMedia.Manifest, "application/vnd.cncf.model.weight.v1.raw")]
    [InlineData(OciFormat.Artifact, OciMedia.Artifact, OciMedia.File)]
    public async Task Other_forms_have_a_blob_for_each_file(object format, string artifact, string media)
    {
        using var run = new OciRun { Format = (OciFormat)format };

        var first = await run.PublishAsync(Model);
        var model = Model;
        var second = await run.PublishAsync(model);

        var manifest = run.Published();
        Assert.Equal((first.Digest, 0), (second.Digest, model.Opened.Count));
        Assert.Equal(artifact, manifest.ArtifactType);
        Assert.Equal(media, manifest.Layers[2].MediaType);
        Assert.Equal(
            ["a/config.json", "tok.txt", "weights.bin"],
            manifest.Layers.Select(layer => layer.Annotations[LayerAnnotations.Title]));
        Assert.Equal("{}"u8.ToArray(), run.Registry.Blob(OciRun.Target, manifest.Layers[0].Digest));
    }

    [Fact]
    public async Task A_signature_is_a_layer_and_a_referrer()
    {
        _run.AddBase();

        await _run.PublishAsync(Model, "{bundle}"u8.ToArray());

        Assert.Equal(["models/model.sig={bundle}"], _run.Read(_run.Published().Layers[^1]));
        var referrers = _run.Registry.Referrers(Digest.Of(_run.Published().Content.Span));
        Assert.Equal([OciMedia.Bundle, OciMedia.Record], referrers.Select(each => each.ArtifactType).Order());
    }

    public void Dispose() => _run.Dispose();
}
