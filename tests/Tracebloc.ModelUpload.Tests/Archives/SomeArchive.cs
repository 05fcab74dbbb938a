using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using SharpCompress.Compressors.BZip2;
using Tracebloc.ModelUpload.Archives;
using ZstdSharp;
using Bzip2Mode = SharpCompress.Compressors.CompressionMode;

namespace Tracebloc.ModelUpload.Tests.Archives;

/// <summary>Archives made in code.</summary>
internal static class SomeArchive
{
    public static byte[] Tar(params (string Name, string Content)[] files) =>
        TarOf(TarEntryFormat.Pax, [.. files.Select(file => File(TarEntryFormat.Pax, file.Name, file.Content))]);

    public static byte[] TarOf(TarEntryFormat format, params TarEntry[] entries)
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, format, leaveOpen: true))
        {
            foreach (var entry in entries)
                writer.WriteEntry(entry);
        }

        return bytes.ToArray();
    }

    public static TarEntry Entry(TarEntryFormat format, TarEntryType type, string name) => format switch
    {
        TarEntryFormat.V7 => new V7TarEntry(type, name),
        TarEntryFormat.Ustar => new UstarTarEntry(type, name),
        TarEntryFormat.Gnu => new GnuTarEntry(type, name),
        _ => new PaxTarEntry(type, name),
    };

    public static TarEntry File(TarEntryFormat format, string name, string content)
    {
        var type = format == TarEntryFormat.V7 ? TarEntryType.V7RegularFile : TarEntryType.RegularFile;
        var entry = Entry(format, type, name);
        entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        return entry;
    }

    public static TarEntry Link(TarEntryType type, string name, string target)
    {
        var entry = new PaxTarEntry(type, name) { LinkName = target };
        return entry;
    }

    public static byte[] Zip(params (string Name, string Content)[] files) => ZipOf(zip =>
    {
        foreach (var (name, content) in files)
            AddTo(zip, name, content);
    });

    public static byte[] ZipOf(Action<ZipArchive> fill)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            fill(zip);
        return bytes.ToArray();
    }

    public static void AddTo(ZipArchive zip, string name, string content, int mode = 0)
    {
        var entry = zip.CreateEntry(name);
        entry.ExternalAttributes = mode << 16;
        using var stream = entry.Open();
        stream.Write(Encoding.UTF8.GetBytes(content));
    }

    /// <summary>Compresses a tar as its kind says; a zip is given as it is.</summary>
    public static byte[] Packed(ArchiveKind kind, byte[] tar)
    {
        using var bytes = new MemoryStream();
        using (var packer = Packer(kind, bytes))
            packer?.Write(tar);
        return kind is ArchiveKind.TarXz ? XzFile.Of(tar) : bytes.Length > 0 ? bytes.ToArray() : tar;
    }

    private static Stream? Packer(ArchiveKind kind, MemoryStream target) => kind switch
    {
        ArchiveKind.TarGzip => new GZipStream(target, CompressionMode.Compress, leaveOpen: true),
        ArchiveKind.TarBzip2 => BZip2Stream.Create(target, Bzip2Mode.Compress, false, leaveOpen: true),
        ArchiveKind.TarZstd => new CompressionStream(target, leaveOpen: true),
        _ => null,
    };
}
