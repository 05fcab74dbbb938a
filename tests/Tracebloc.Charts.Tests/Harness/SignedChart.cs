namespace Tracebloc.Charts.Tests.Harness;

/// <summary>The chart as a signed release packages it: with the public key beside its templates.</summary>
public sealed class SignedChart : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("signed-chart-");

    /// <summary>With bytes in the place of a key, which no template reads.</summary>
    public SignedChart()
        : this([0x99, 0x00, 0xff, 0x0a])
    {
    }

    internal SignedChart(byte[] key)
    {
        foreach (var file in Directory.EnumerateFiles(Chart.Client.Folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(_folder.FullName, Path.GetRelativePath(Chart.Client.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy) ?? "");
            File.Copy(file, copy);
        }

        File.WriteAllBytes(Path.Combine(_folder.FullName, "pubring.gpg"), key);
        Key = key;
        Chart = new Chart(_folder.FullName);
    }

    internal Chart Chart { get; }

    internal IReadOnlyList<byte> Key { get; }

    public void Dispose() => _folder.Delete(recursive: true);
}
