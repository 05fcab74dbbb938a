using Tracebloc.ModelUpload.Layers;
using Tracebloc.ModelUpload.Models;

namespace Tracebloc.ModelUpload.Tests.Layers;

/// <summary>Files of a layer and their contents.</summary>
internal static class SomeLayer
{
    public static ModelPath Path(string text)
    {
        Assert.True(ModelPath.TryParse(text, out var path, out _));
        return path;
    }

    public static LayerFile File(string path, long length) => new(Path(path), length);

    /// <summary>A tar of files whose bytes are those of the contents.</summary>
    public static LayerContent Of(params (string Path, byte[] Bytes)[] files) => Of(
        [.. files.Select(file => File(file.Path, file.Bytes.Length))],
        files.ToDictionary(file => file.Path, file => file.Bytes));

    public static LayerContent Of(IReadOnlyList<LayerFile> files, Dictionary<string, byte[]> contents) =>
        new(LayerLayout.OfTar(files), (file, offset, _) =>
            Task.FromResult<Stream>(new MemoryStream(contents[file.Path.Text][(int)offset..])));

    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static async Task<byte[]> ReadAsync(LayerContent layer, long offset, CancellationToken cancellationToken)
    {
        await using var stream = layer.Open(offset);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, cancellationToken);
        return copy.ToArray();
    }
}
