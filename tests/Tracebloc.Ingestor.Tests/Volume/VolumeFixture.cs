using Tracebloc.Ingestor.Volume;

namespace Tracebloc.Ingestor.Tests.Volume;

/// <summary>A volume in a temporary folder, with files in a staging folder and in another one.</summary>
internal sealed class VolumeFixture : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("volume-");

    public VolumeFixture()
    {
        Layout = VolumeLayout.Of(_folder.FullName, "cats", "run-7");
        Staged = MakeFolder(".tracebloc-staging/upload/images");
        Elsewhere = MakeFolder("in/images");
    }

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public VolumeLayout Layout { get; }

    public string Staged { get; }

    public string Elsewhere { get; }

    public string Root => Layout.Root;

    /// <summary>The names in the data set's folder, hidden ones included.</summary>
    public IReadOnlyList<string> Placed => NamesIn(Layout.Place);

    /// <summary>The hidden folders of runs under way.</summary>
    public IReadOnlyList<string> Hidden => NamesIn(Layout.HiddenRoot);

    public VolumeRun Run(VolumeLayout? layout = null) => new(layout ?? Layout, Guid.NewGuid());

    public string MakeFolder(string path) => Directory.CreateDirectory(Path.Combine(Root, path)).FullName;

    /// <summary>Writes files that hold their own names.</summary>
    public IReadOnlyList<PlacedFile> Write(string folder, params string[] names)
    {
        foreach (var name in names) File.WriteAllText(Path.Combine(folder, name), name);
        return [.. names.Select(name =>
            new PlacedFile(Path.Combine(folder, name), name, Layout.IsStaged(Path.Combine(folder, name))))];
    }

    public static IReadOnlyList<string> NamesIn(string folder) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFileSystemEntries(folder, "*", new EnumerationOptions { AttributesToSkip = 0 })
            .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)]
        : [];

    public void Dispose() => _folder.Delete(recursive: true);
}
