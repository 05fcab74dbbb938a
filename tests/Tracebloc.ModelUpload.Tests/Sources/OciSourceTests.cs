using System.Formats.Tar;
using System.Text;
using Tracebloc.ModelUpload.Models;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Tests.Sources;

public sealed class OciSourceTests
{
    private const string Raw = "application/vnd.cncf.model.weight.v1.raw";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("application/vnd.oci.image.layer.v1.tar")]
    [InlineData("application/vnd.oci.image.layer.v1.tar+gzip")]
    [InlineData("application/vnd.oci.image.layer.v1.tar+zstd")]
    [InlineData("application/vnd.docker.image.rootfs.diff.tar.gzip")]
    public async Task Files_under_models_of_an_image_are_the_model(string mediaType)
    {
        var tar = SomeImage.Packed(
            ("bin/sh", "shell"), ("./models/config.json", "{}"), ("models/tok/weights", "the weights"));
        var packed = mediaType.EndsWith("gzip", StringComparison.Ordinal) ? SomeImage.Gzip(tar)
            : mediaType.EndsWith("zstd", StringComparison.Ordinal) ? SomeImage.Zstd(tar) : tar;
        var image = new SomeImage().Layer(mediaType, packed);
        var source = image.Source;

        var listing = await source.ListAsync(Token);

        Assert.Equal(["config.json", "tok/weights"], listing.Files.Select(file => file.Path.Text));
        Assert.Equal([2, 11], listing.Files.Select(file => file.Length));
        Assert.Equal("the weights", await ReadAsync(source, listing.Files[1]));
        Assert.Equal("weights", await ReadAsync(source, listing.Files[1], offset: 4));
        var layer = image.Layers[0].Digest;
        Assert.Equal($"oci://registry.example/org/model@{layer}#tok/weights", listing.Files[1].Address);
        Assert.Equal($"{layer}", listing.Files[1].Version);
    }

    [Fact]
    public async Task Later_layers_win_and_whiteouts_hide_what_lies_below()
    {
        var image = new SomeImage()
            .Layer(SomeImage.Tar, SomeImage.Packed(
                ("models/a", "old"), ("models/b/c", "gone"), ("models/d/e", "gone"), ("models/f", "stays")))
            .Layer(SomeImage.Tar, SomeImage.Packed(
                ("models/a", "new"), ("models/.wh.b", ""), ("models/d/.wh..wh..opq", ""), ("models/d/g", "new")));
        var source = image.Source;

        var listing = await source.ListAsync(Token);

        Assert.Equal(["a", "d/g", "f"], listing.Files.Select(file => file.Path.Text));
        Assert.Equal("new", await ReadAsync(source, listing.Files[0]));
    }

    [Fact]
    public async Task A_whiteout_of_the_folder_itself_hides_all_of_it()
    {
        var image = new SomeImage()
            .Layer(SomeImage.Tar, SomeImage.Packed(("models/a", "old")))
            .Layer(SomeImage.Tar, SomeImage.Packed((".wh.models", ""), ("models/b", "new")));

        Assert.Equal(["b"], (await image.Source.ListAsync(Token)).Files.Select(file => file.Path.Text));
    }

    [Fact]
    public async Task Layers_of_olot_state_the_digest_of_their_file_and_the_base_is_not_read()
    {
        var stated = Digest.Of("{}"u8);
        var image = new SomeImage()
            .Layer(SomeImage.Tar, SomeImage.Packed(("bin/sh", new string('x', 1 << 20))))
            .Layer(
                SomeImage.Tar,
                SomeImage.Packed(("models/config.json", "{}")),
                ("olot.layer.content.inlayerpath", "/models/config.json"),
                ("olot.layer.content.type", "file"),
                ("olot.layer.content.digest", $"{stated}"));
        var source = image.Source;

        var file = Assert.Single((await source.ListAsync(Token)).Files);

        Assert.Equal(new ContentHash(HashKind.Sha256, stated.Hex), Assert.Single(file.Stated));
        Assert.Equal("{}", await ReadAsync(source, file));
        Assert.InRange(image.ReadBytes, 1, 8192);
    }

    [Fact]
    public async Task Content_is_leapt_over_where_a_layer_is_listed()
    {
        var image = new SomeImage().Layer(
            SomeImage.Tar, SomeImage.Packed(("models/large", new string('x', 4 << 20)), ("models/small", "x")));

        Assert.Equal(2, (await image.Source.ListAsync(Token)).Files.Count);
        Assert.InRange(image.ReadBytes, 1, 64 * 1024);
    }

    [Fact]
    public async Task Raw_layers_of_a_ModelPack_are_files_and_stated_by_their_digests()
    {
        var image = new SomeImage { Config = "application/vnd.cncf.model.config.v1+json" }
            .Layer(Raw, "the weights"u8.ToArray(), ("org.cncf.model.filepath", "w/model.safetensors"))
            .Layer("application/vnd.cncf.model.doc.v1.tar", SomeImage.Packed(("README.md", "read")));
        var source = image.Source;

        var listing = await source.ListAsync(Token);

        Assert.Equal(["README.md", "w/model.safetensors"], listing.Files.Select(file => file.Path.Text));
        Assert.Equal(Digest.Of("the weights"u8).Hex, Assert.Single(listing.Files[1].Stated).Hex);
        Assert.Equal("read", await ReadAsync(source, listing.Files[0]));
        Assert.Equal("the weights", await ReadAsync(source, listing.Files[1]));
    }

    [Fact]
    public async Task Layers_of_a_ModelKit_are_unpacked()
    {
        var source = new SomeImage { Config = "application/vnd.kitops.modelkit.config.v1+json" }
            .Layer(
                "application/vnd.kitops.modelkit.model.v1.tar+gzip",
                SomeImage.Gzip(SomeImage.Packed(("model/weights", "the weights"))))
            .Source;

        var file = Assert.Single((await source.ListAsync(Token)).Files);

        Assert.Equal("model/weights", file.Path.Text);
        Assert.Equal("the weights", await ReadAsync(source, file));
    }

    [Fact]
    public async Task An_artifact_of_ORAS_has_files_and_folders()
    {
        const string Title = "org.opencontainers.image.title";
        var source = new SomeImage { Config = "application/vnd.oci.empty.v1+json" }
            .Layer("application/octet-stream", "{}"u8.ToArray(), (Title, "config.json"))
            .Layer(
                "application/vnd.oci.image.layer.v1.tar+gzip",
                SomeImage.Gzip(SomeImage.Packed(("tok/vocab", "words"))),
                (Title, "tok"), ("io.deis.oras.content.unpack", "true"))
            .Source;

        var listing = await source.ListAsync(Token);

        Assert.Equal(["config.json", "tok/vocab"], listing.Files.Select(file => file.Path.Text));
        Assert.Equal("words", await ReadAsync(source, listing.Files[1]));
    }

    [Fact]
    public async Task One_platform_of_an_index_is_read_linux_on_amd64_first()
    {
        var (arm, amd, attestation) = (Digest.Of([1]), Digest.Of([2]), Digest.Of([3]));
        var image = new SomeImage
        {
            Index =
            [
                Platform(attestation, "unknown", ("vnd.docker.reference.type", "attestation-manifest")),
                Platform(arm, "arm64"),
                Platform(amd, "amd64"),
            ],
        }.Layer(SomeImage.Tar, SomeImage.Packed(("models/a", "x")));

        await image.Source.ListAsync(Token);

        Assert.Equal([null, amd], image.Asked);
    }

    [Fact]
    public async Task An_image_without_models_is_refused()
    {
        var source = new SomeImage().Layer(SomeImage.Tar, SomeImage.Packed(("bin/sh", "x"))).Source;

        await RefusedAsync(source, "is an image without files under /models; give a model's image");
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.Fifo)]
    public async Task Fault_5_links_and_pipes_are_refused_by_name(TarEntryType type)
    {
        var source = new SomeImage().Layer(SomeImage.Tar, SomeImage.Link(type, "models/out", "/etc/passwd")).Source;

        await RefusedAsync(source, $"has models/out as a {type}; a model has files alone");
    }

    [Fact]
    public async Task Fault_5_a_path_out_of_the_model_is_refused()
    {
        var source = new SomeImage().Layer(SomeImage.Tar, SomeImage.Packed(("models/../../etc/x", "x"))).Source;

        await RefusedAsync(source, "has a file whose path has the segment ..");
    }

    [Fact]
    public async Task Fault_2_an_artifact_with_a_path_twice_is_refused()
    {
        var source = new SomeImage { Config = "application/vnd.cncf.model.config.v1+json" }
            .Layer(Raw, [1], ("org.cncf.model.filepath", "a"))
            .Layer(Raw, [2], ("org.cncf.model.filepath", "a"))
            .Source;

        await RefusedAsync(source, "has a twice; keep one of them");
    }

    [Fact]
    public async Task A_damaged_layer_is_named()
    {
        var image = new SomeImage().Layer($"{SomeImage.Tar}+gzip", Encoding.ASCII.GetBytes("no gzip at all"));

        await RefusedAsync(image.Source, $"Layer {image.Layers[0].Digest} cannot be unpacked");
    }

    private static Descriptor Platform(
        Digest digest, string architecture, params (string, string)[] annotations) => new()
        {
            MediaType = "application/vnd.oci.image.manifest.v1+json",
            Digest = digest,
            Platform = new Platform { Os = "linux", Architecture = architecture },
            Annotations = annotations.ToDictionary(each => each.Item1, each => each.Item2),
        };

    private static async Task<string> ReadAsync(OciSource source, SourceFile file, long offset = 0)
    {
        if (offset == 0)
        {
            await using var whole = await VerifiedFile.OpenAsync(source, file, SomeSource.Transfer(), Token);
            return await new StreamReader(whole).ReadToEndAsync(Token);
        }
        await using var rest = await source.OpenAsync(file, offset, Token);
        return await new StreamReader(rest).ReadToEndAsync(Token);
    }

    private static async Task RefusedAsync(OciSource source, string message)
    {
        var fault = await Assert.ThrowsAsync<UploadException>(() => source.ListAsync(Token));
        Assert.Equal(UploadExit.Source, fault.ExitCode);
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }
}
