using Tracebloc.Benchmarks.Ingest;
using Tracebloc.Testing;

namespace Tracebloc.Benchmarks.Push;

/// <summary>A data set on this machine.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Category">The category.</param>
internal sealed record PushSet(string Folder, string Category);

/// <summary>
/// The data sets. A run moves their files: a push then takes little more time than its staging. Images are noise, which
/// no compression makes smaller; the text consists of rows.
/// </summary>
internal sealed class PushSets(DirectoryInfo folder, PushSize size)
{
    private const int Seed = 14, Pixels = 64, BlockBytes = 1 << 20, Rows = 100_000;

    /// <summary>One large image.</summary>
    public PushSet Large() => new(Write("large", "images", ".jpeg", [size.LargeBytes]), "image_classification");

    /// <summary>One large text.</summary>
    public PushSet Text() => new(Write("text", "texts", ".txt", [size.LargeBytes]), "text_classification");

    /// <summary>Many small images.</summary>
    public PushSet Small() => new(
        Write("small", "images", ".jpeg", Enumerable.Repeat((long)PushSize.SmallBytes, size.Files)),
        "image_classification");

    private string Write(string name, string place, string extension, IEnumerable<long> sizes)
    {
        var set = Path.Combine(folder.FullName, name);
        if (Directory.Exists(set)) return set;
        var files = Directory.CreateDirectory(Path.Combine(set, place)).FullName;
        var random = new Random(Seed);
        using var labels = new StreamWriter(Path.Combine(set, "labels.csv")) { NewLine = "\n" };
        labels.WriteLine("filename,label");
        foreach (var (number, bytes) in sizes.Index())
        {
            var path = Path.Combine(files, $"leaf_{number:00000}{extension}");
            if (extension == ".txt") WriteText(path, bytes);
            else WriteImage(path, bytes, random);
            labels.WriteLine($"leaf_{number:00000}{extension},{(number % 2 == 0 ? "rust" : "healthy")}");
        }

        return set;
    }

    // The same rows again and again: no chunk that is compressed reaches from one repetition to the next.
    private void WriteText(string path, long bytes)
    {
        var part = Path.Combine(folder.FullName, "rows.csv");
        HouseRows.Write(part, Rows);
        var rows = File.ReadAllBytes(part);
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        for (var at = 0L; at < bytes; at += rows.Length)
            RandomAccess.Write(file, rows.AsSpan(0, (int)Math.Min(rows.Length, bytes - at)), at);
    }

    // The end marker is the last of a JPEG: noise before it is taken for more of its scan.
    private static void WriteImage(string path, long bytes, Random random)
    {
        var image = SampleImages.Jpeg(Pixels, Pixels);
        var block = new byte[Math.Min(bytes, BlockBytes)];
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        RandomAccess.Write(file, image.AsSpan(..^2), 0);
        for (var at = image.Length - 2L; at < bytes - 2; at += block.Length)
        {
            random.NextBytes(block);
            RandomAccess.Write(file, block.AsSpan(0, (int)Math.Min(block.Length, bytes - 2 - at)), at);
        }

        RandomAccess.Write(file, image.AsSpan(^2..), bytes - 2);
    }
}
