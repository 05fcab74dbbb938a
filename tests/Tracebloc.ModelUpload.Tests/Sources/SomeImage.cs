using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Tracebloc.ModelUpload.Sources;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Tests.Sources;

/// <summary>A repository in memory, of which each read of a blob is counted.</summary>
internal sealed class SomeImage : IOciBlobs
{
    public const string Tar = "application/vnd.oci.image.layer.v1.tar";

    private readonly Dictionary<Digest, byte[]> _blobs = [];
    private readonly List<Descriptor> _layers = [];

    /// <summary>The type of the configuration: an image's unless a test wants another.</summary>
    public string Config { get; init; } = "application/vnd.oci.image.config.v1+json";

    /// <summary>The platforms of an index that leads to the manifest; none for no index.</summary>
    public IReadOnlyList<Descriptor> Index { get; init; } = [];

    public List<Digest?> Asked { get; } = [];

    /// <summary>The bytes that were read of all blobs.</summary>
    public long ReadBytes { get; private set; }

    public IReadOnlyList<Descriptor> Layers => _layers;

    public OciSource Source => new(ImageReference.Parse("registry.example/org/model:1.0"), this);

    public SomeImage Layer(string mediaType, byte[] blob, params (string Name, string Value)[] annotations)
    {
        var digest = Digest.Of(blob);
        _blobs[digest] = blob;
        _layers.Add(new Descriptor
        {
            MediaType = mediaType,
            Digest = digest,
            Size = blob.Length,
            Annotations = annotations.ToDictionary(each => each.Name, each => each.Value),
        });
        return this;
    }

    public static byte[] Packed(params (string Name, string Content)[] files)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Gnu, leaveOpen: true))
            foreach (var (name, content) in files)
                writer.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)),
                });
        return tar.ToArray();
    }

    public static byte[] Link(TarEntryType type, string name, string target)
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Gnu, leaveOpen: true))
            writer.WriteEntry(type == TarEntryType.Fifo
                ? new GnuTarEntry(type, name)
                : new GnuTarEntry(type, name) { LinkName = target });
        return tar.ToArray();
    }

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            stream.Write(content);
        return packed.ToArray();
    }

    public static byte[] Zstd(byte[] content)
    {
        using var compressor = new ZstdSharp.Compressor();
        return compressor.Wrap(content).ToArray();
    }

    public Task<Manifest> GetManifestAsync(Digest? digest, CancellationToken cancellationToken)
    {
        Asked.Add(digest);
        return Task.FromResult(digest is null && Index.Count > 0
            ? new Manifest { Manifests = Index }
            : new Manifest
            {
                Config = new Descriptor { MediaType = Config, Digest = Digest.Of("{}"u8), Size = 2 },
                Layers = _layers,
            });
    }

    public Task<Stream> OpenAsync(Digest digest, long offset, CancellationToken cancellationToken)
    {
        var rest = _blobs[digest][(int)offset..];
        return Task.FromResult<Stream>(new CountingStream(rest, read => ReadBytes += read));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class CountingStream(byte[] content, Action<int> count) : MemoryStream(content)
    {
        public override async ValueTask<int> ReadAsync(
            Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            count(read);
            return read;
        }
    }
}
