using Tracebloc.Testing;

namespace Tracebloc.Benchmarks.Push;

/// <summary>
/// The data sets on this machine. Images, since a run moves them: a push then takes little more time than its staging.
/// Their content is noise, which no compression makes smaller.
/// </summary>
internal sealed class PushSets(DirectoryInfo folder, PushSize size)
{
    private const int Seed = 14, Pixels = 64, BlockBytes = 1 << 20;

    /// <summary>One large image.</summary>
    public string Large() => Write("large", [size.LargeBytes]);

    /// <summary>Many small ones.</summary>
    public string Small() => Write("small", Enumerable.Repeat((long)PushSize.SmallBytes, size.Files));

    private string Write(string name, IEnumerable<long> sizes)
    {
        var set = Path.Combine(folder.FullName, name);
        if (Directory.Exists(set)) return set;
        var images = Directory.CreateDirectory(Path.Combine(set, "images")).FullName;
        var random = new Random(Seed);
        using var labels = new StreamWriter(Path.Combine(set, "labels.csv")) { NewLine = "\n" };
        labels.WriteLine("filename,label");
        foreach (var (number, bytes) in sizes.Index())
        {
            WriteImage(Path.Combine(images, $"leaf_{number:00000}.jpeg"), bytes, random);
            labels.WriteLine($"leaf_{number:00000}.jpeg,{(number % 2 == 0 ? "rust" : "healthy")}");
        }

        return set;
    }

    // The end marker is the last of a JPEG: noise before it is taken for more of its scan.
    private static void WriteImage(string path, long bytes, Random random)
    {
        var image = SampleImages.Jpeg(Pixels, Pixels);
        var block = new byte[BlockBytes];
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
