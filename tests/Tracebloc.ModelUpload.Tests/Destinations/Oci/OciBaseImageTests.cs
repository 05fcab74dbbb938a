using System.Text;
using Tracebloc.ModelUpload.Destinations.Oci;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Tests.Destinations.Oci;

public sealed class OciBaseImageTests : IDisposable
{
    private static readonly Platform Amd = new() { Os = "linux", Architecture = "amd64" };
    private static readonly Platform Arm = new() { Os = "linux", Architecture = "arm64", Variant = "v8" };

    private readonly OciRun _run = new();

    private static MemoryModel Model => new(("a", "1"));

    [Fact]
    public async Task Every_platform_of_the_base_gets_the_model()
    {
        AddIndex(_run);

        var published = await _run.PublishAsync(Model);

        var index = _run.Published();
        Assert.Equal(OciMedia.Index, index.MediaType);
        Assert.Equal([Amd, Arm], index.Manifests.Select(entry => entry.Platform));
        Assert.Equal(Digest.Of(index.Content.Span), published.Digest);
        foreach (var entry in index.Manifests)
            Assert.Equal(["models/a=1"], _run.Read(_run.Registry.Get(OciRun.Target, entry.Digest).Layers[1]));
        var pinned = $"{OciRun.Base}@{_run.Registry.Tag($"{OciRun.Base}:1")}";
        Assert.Equal([$"The base image is {pinned} for linux/amd64, linux/arm64/v8."], _run.Plan.Notes);
    }

    [Fact]
    public async Task An_index_again_sends_no_blob()
    {
        AddIndex(_run);
        var first = await _run.PublishAsync(Model);
        _run.Registry.Calls.Clear();

        Assert.Equal(first.Digest, (await _run.PublishAsync(Model)).Digest);
        Assert.Empty(_run.Registry.Pushed);
    }

    [Theory]
    [InlineData("application/vnd.docker.image.rootfs.diff.tar.gzip", "application/vnd.oci.image.layer.v1.tar+gzip")]
    [InlineData("application/vnd.docker.image.rootfs.diff.tar", "application/vnd.oci.image.layer.v1.tar")]
    [InlineData("application/vnd.oci.image.layer.v1.tar+zstd", "application/vnd.oci.image.layer.v1.tar+zstd")]
    public async Task Docker_s_types_become_those_of_OCI(string type, string written)
    {
        _run.AddBase(type: type);

        await _run.PublishAsync(Model);

        Assert.Equal(written, _run.Published().Layers[0].MediaType);
    }

    [Fact]
    public async Task A_base_of_other_layers_is_refused()
    {
        _run.AddBase(type: "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");

        var fault = await Assert.ThrowsAsync<UploadException>(() => _run.PublishAsync(Model));

        Assert.EndsWith(
            "has a layer of the type application/vnd.docker.image.rootfs.foreign.diff.tar.gzip: "
            + "choose another by --destination-oci-base-image",
            fault.Message);
    }

    [Fact]
    public async Task A_base_that_is_not_there_is_an_error_before_anything_is_sent()
    {
        var fault = await Assert.ThrowsAsync<UploadException>(() => _run.PublishAsync(Model));

        Assert.Equal(
            $"Base image {OciRun.Base}:1 is not in its registry: choose another by --destination-oci-base-image",
            fault.Message);
        Assert.Empty(_run.Registry.Pushed);
    }

    [Theory]
    [InlineData("example.org/base", true, "mount blob", 0)]
    [InlineData("example.org/base", false, "open blob", 1)]
    [InlineData(OciRun.Base, true, "open blob", 1)]
    public async Task Layers_of_the_base_are_mounted_within_a_registry_and_copied_between_two(
        string repository, bool mounts, string call, int copied)
    {
        using var run = new OciRun { BaseAt = repository, Registry = new FakeOciRegistry { Mounts = mounts } };
        run.AddBase();

        await run.PublishAsync(Model);

        Assert.Contains(call, run.Registry.Calls);
        Assert.Equal(copied, run.Registry.Calls.Count(each => each == "open blob"));
        Assert.Equal("base"u8.ToArray(), run.Registry.Blob(OciRun.Target, run.Published().Layers[0].Digest));
    }

    [Fact]
    public void A_history_that_does_not_fit_the_layers_is_left_out()
    {
        var config = $$"""{"rootfs":{"diff_ids":["{{Digest.Of("tar"u8)}}"]},"history":[]}""";

        var written = ImageConfig.With(Encoding.UTF8.GetBytes(config), 1, []);

        Assert.Equal(config.Replace(",\"history\":[]", ""), Encoding.UTF8.GetString(written ?? []));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"rootfs":{"diff_ids":[]}}""")]
    public void A_configuration_that_lists_no_layers_is_none(string config) =>
        Assert.Null(ImageConfig.With(Encoding.UTF8.GetBytes(config), 1, []));

    public void Dispose() => _run.Dispose();

    private static void AddIndex(OciRun run)
    {
        var attestation = new Dictionary<string, string> { ["vnd.docker.reference.type"] = "attestation-manifest" };
        run.Registry.Add(OciRun.Base, "1", new Manifest
        {
            MediaType = OciMedia.Index,
            Manifests =
            [
                run.AddBase(tag: null) with { Platform = Amd },
                run.AddBase(tag: null, layer: "arm") with { Platform = Arm },
                run.AddBase(tag: null, layer: "signed") with { Platform = Amd, Annotations = attestation },
                run.AddBase(tag: null, layer: "unknown") with { Platform = new() { Os = "unknown" } },
            ],
        });
    }
}
