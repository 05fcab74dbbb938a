using System.Formats.Tar;
using System.Text;
using System.Text.Json.Nodes;
using Tracebloc.ModelUpload.Destinations;
using Tracebloc.ModelUpload.Destinations.Oci;
using Tracebloc.ModelUpload.Options;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Tests.Destinations.Oci;

/// <summary>Publications to a fake registry, each by a destination of its own.</summary>
internal sealed class OciRun : IDisposable
{
    public const string Target = "example.org/org/model";

    public const string Base = "base.example/busybox";

    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("oci-");

    public FakeOciRegistry Registry { get; init; } = new();

    public OciFormat Format { get; init; } = OciFormat.Modelcar;

    /// <summary>The repository of the base image.</summary>
    public string BaseAt { get; init; } = Base;

    public DestinationPlan Plan { get; private set; } = new([], []);

    public IReadOnlyList<PublishedFile> Files { get; private set; } = [];

    public bool IsScratchEmpty => _scratch.GetFileSystemInfos().Length == 0;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Stores a base image of one platform.</summary>
    public Descriptor AddBase(string? tag = "1", string layer = "base", string type = OciMedia.Layer + "+gzip")
    {
        var blob = Registry.Add(BaseAt, type, Encoding.UTF8.GetBytes(layer));
        var config = $$$"""
            {"architecture":"amd64","os":"linux","config":{"Cmd":["sh"]},"rootfs":{"type":"layers","diff_ids":
            ["{{{Digest.Of("tar"u8)}}}"]},"history":[{"created_by":"ADD"},{"created_by":"CMD","empty_layer":true}]}
            """;
        return Registry.Add(BaseAt, tag, new Manifest
        {
            MediaType = OciMedia.Manifest,
            Config = Registry.Add(BaseAt, OciMedia.Config, Encoding.UTF8.GetBytes(config)),
            Layers = [blob],
        });
    }

    public async Task<Publication> PublishAsync(MemoryModel model, byte[]? signature = null)
    {
        var settings = new OciDestinationSettings
        {
            Target = new OciSettings
            {
                Image = ImageReference.Parse($"{Target}:1"),
                Credentials = CredentialStore.Empty,
            },
            Format = Format,
            BaseImage = ImageReference.Parse($"{BaseAt}:1"),
        };
        await using var destination = new OciDestination(settings, Registry, _scratch.FullName);
        await destination.CheckAsync(Token);
        Plan = await destination.PlanAsync(model, model.Listing, Token);
        var files = new List<PublishedFile>();
        foreach (var part in Plan.Parts)
            files.AddRange(await destination.MoveAsync(part, model, model.Transfer(), Token));
        Files = files;
        return await destination.PublishAsync(files, signature, Token);
    }

    /// <summary>The manifest that the tag stands for.</summary>
    public Manifest Published() =>
        Registry.Get(Target, Registry.Tag($"{Target}:1") ?? throw new InvalidOperationException());

    public JsonNode? Config(Manifest manifest) =>
        manifest.Config is { } config ? JsonNode.Parse(Registry.Blob(Target, config.Digest)) : null;

    /// <summary>The entries of a layer and their contents.</summary>
    public IReadOnlyList<string> Read(Descriptor layer)
    {
        using var reader = new TarReader(new MemoryStream(Registry.Blob(Target, layer.Digest)));
        var entries = new List<string>();
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            using var content = new MemoryStream();
            entry.DataStream?.CopyTo(content);
            entries.Add($"{entry.Name}={Encoding.UTF8.GetString(content.ToArray())}");
        }

        return entries;
    }

    public void Dispose() => _scratch.Delete(recursive: true);
}
