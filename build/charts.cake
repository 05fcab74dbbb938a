/// <summary>One chart of the product, by its folder under charts/.</summary>
public sealed record Chart(ICakeContext Context, HelmTools Tools, DirectoryPath Folder)
{
    // What the ZIP format calls the beginning; any moment would do, as long as it is always the same.
    private static readonly DateTime Always = new(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public string Name => Folder.GetDirectoryName();

    /// <summary>The values that it is linted, rendered and applied with, one file per kind of installation.</summary>
    private IEnumerable<FilePath> Examples => Context.GetFiles($"{Folder}/ci/*.yaml").OrderBy(file => file.FullPath);

    /// <summary>Holds the chart and its schema against every example.</summary>
    public void Lint()
    {
        foreach (var values in Examples)
            Tools.RunHelm("lint", Folder.FullPath, "--strict", "--quiet", "--values", values.FullPath);
    }

    /// <summary>What each example installs, in a folder of its own, for people to read and compare.</summary>
    public void Render(DirectoryPath output)
    {
        Context.CleanDirectory(output);
        foreach (var values in Examples)
            Tools.RunHelm(
                "template", "acme", Folder.FullPath, "--values", values.FullPath,
                "--output-dir", output.Combine($"{values.GetFilenameWithoutExtension()}").FullPath);
    }

    /// <summary>
    /// Packages it as <paramref name="version"/>. The same files make the same bytes: helm takes over the times of the
    /// files, so it is given a copy whose files are all of one time.
    /// </summary>
    public FilePath Package(string version, DirectoryPath output)
    {
        var copy = output.Combine($"{Name}.packaging").Combine(Name);
        Context.CleanDirectory(copy);
        Context.CopyDirectory(Folder, copy);
        foreach (var file in System.IO.Directory.EnumerateFiles(copy.FullPath, "*", SearchOption.AllDirectories))
            System.IO.File.SetLastWriteTimeUtc(file, Always);
        Tools.RunHelm(
            "package", copy.FullPath, "--version", version, "--app-version", version, "--destination", output.FullPath);
        Context.DeleteDirectory(copy.Combine(".."), new DeleteDirectorySettings { Recursive = true });
        return output.CombineWithFilePath($"{Name}-{version}.tgz");
    }
}
