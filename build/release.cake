/// <summary>
/// What a version consists of, in one folder: charts, images, bills of materials and their checksums. With a key
/// (--sign-key, as gpg knows it) charts have a provenance that `helm verify` checks, and carry the public key for the
/// next version's; the checksums have a signature.
/// </summary>
public sealed record ReleaseFolder(ICakeContext Context, DirectoryPath Folder, HelmTools Tools, string SignKey)
{
    public IEnumerable<FilePath> Charts => Context.GetFiles($"{Folder}/*.tgz");

    private bool IsSigned => SignKey != "";

    private IEnumerable<FilePath> Files => Context.GetFiles($"{Folder}/*").OrderBy(file => file.FullPath);

    public FilePath this[string name] => Folder.CombineWithFilePath(name);

    public void Collect(params DirectoryPath[] sources)
    {
        Context.CleanDirectory(Folder);
        foreach (var source in sources)
            Context.CopyFiles(Context.GetFiles($"{source}/*"), Folder);
    }

    /// <summary>To be called last: whatever comes after it is not counted in.</summary>
    public void Seal()
    {
        if (IsSigned)
            foreach (var chart in Charts)
                SignChart(chart);
        var sums = this["SHA256SUMS"];
        System.IO.File.WriteAllLines(sums.FullPath, [.. Files.Select(file => $"{HashOf(file)}  {file.GetFilename()}")]);
        if (IsSigned)
            Gpg("--armor", "--detach-sign", sums.FullPath);
        foreach (var file in Files)
            Context.Information("{0,12:n0}  {1}", new FileInfo(file.FullPath).Length, file.GetFilename());
    }

    /// <summary>
    /// The chart's metadata and the archive's hash, clear-signed: what `helm verify` asks for, and auto-upgrade with a
    /// keyring, https://helm.sh/docs/topics/provenance/.
    /// </summary>
    private void SignChart(FilePath chart)
    {
        var statement = chart.AppendExtension(".txt");
        System.IO.File.WriteAllText(
            statement.FullPath,
            $"{Tools.RunHelm("show", "chart", chart.FullPath)}\n...\nfiles:\n"
            + $"  {chart.GetFilename()}: sha256:{HashOf(chart)}\n");
        Gpg("--clearsign", "--output", $"{chart}.prov", statement.FullPath);
        Context.DeleteFile(statement);
    }

    private string HashOf(FilePath file) => Context.CalculateFileHash(file, HashAlgorithm.SHA256).ToHex();

    private void Gpg(params string[] arguments)
    {
        var exitCode = Context.StartProcess("gpg", new ProcessSettings
        {
            Arguments = ProcessArgumentBuilder.FromStringsQuoted(
                ["--batch", "--yes", "--digest-algo", "SHA512", "--local-user", SignKey, .. arguments]),
        });
        if (exitCode != 0)
            throw new CakeException($"gpg ended with exit code {exitCode}: see above. The key is {SignKey}.");
    }
}

/// <summary>
/// Brings a release to where customers find it: images to their registry, charts into a working copy of the chart
/// repository (--pages), which a person looks at and pushes. Without --publish it only says what it would do.
/// </summary>
public sealed record Publication(ICakeContext Context, ReleaseFolder Release, HelmTools Tools)
{
    public bool IsDry { get; init; }
    public DirectoryPath Pages { get; init; }

    /// <summary>A version is published once: what is there already is left alone, and said.</summary>
    public void Publish(Image image, string version)
    {
        var target = $"docker://{image.Reference(version)}";
        if (!IsDry && Skopeo("inspect", "--raw", target) == 0)
            throw new CakeException($"{target} is there already: raise <Version> in Directory.Build.props.");
        Do($"push {image.Name}.tar to {target}", () =>
        {
            var archive = Release[$"{image.Name}.tar"];
            if (Skopeo("copy", "--all", $"oci-archive:{archive}", target) is not 0 and var exitCode)
                throw new CakeException($"skopeo ended with exit code {exitCode}: see above.");
        });
    }

    public void PublishCharts()
    {
        var there = Release.Charts.Select(chart => Pages.CombineWithFilePath(chart.GetFilename()));
        if (there.FirstOrDefault(Context.FileExists) is { } file)
            throw new CakeException($"{file} is there already: raise <Version> in Directory.Build.props.");
        Do($"add the charts to {Pages} and its index.yaml", () =>
        {
            Context.CopyFiles(Context.GetFiles($"{Release.Folder}/*.{{tgz,prov}}"), Pages);
            Tools.RunHelm("repo", "index", Pages.FullPath, "--merge", Pages.CombineWithFilePath("index.yaml").FullPath);
        });
    }

    private void Do(string what, Action action)
    {
        Context.Information(IsDry ? "Would {0}" : "Now: {0}", what);
        if (!IsDry)
            action();
    }

    private int Skopeo(params string[] arguments) => Context.StartProcess("skopeo", new ProcessSettings
    {
        Arguments = ProcessArgumentBuilder.FromStringsQuoted(arguments),
        RedirectStandardOutput = true,
    });
}
