/// <summary>
/// What a version consists of, in one folder: charts, images, bills of materials and their checksums. With a key of
/// gpg (--sign-key) charts have a provenance that `helm verify` checks, and carry the public key for the next
/// version's; the checksums have a signature.
/// </summary>
public sealed record ReleaseFolder(ICakeContext Context, DirectoryPath Folder, HelmTools Tools, string SignKey)
{
    public IEnumerable<FilePath> Charts => Context.GetFiles($"{Folder}/*.tgz");

    private bool IsSigned => SignKey != "";

    private IEnumerable<FilePath> Files => Context.GetFiles($"{Folder}/*").OrderBy(file => file.FullPath);

    public FilePath this[string name] => Folder.CombineWithFilePath(name);

    public FilePath Sums => this["SHA256SUMS"];

    /// <param name="images">The folder of their archives and digests.</param>
    public void Collect(DirectoryPath images)
    {
        Context.CleanDirectory(Folder);
        Context.CopyFiles(Context.GetFiles($"{images}/*"), Folder);
    }

    /// <summary>Of the image's index, which a registry keeps.</summary>
    public string DigestOf(Image image) => System.IO.File.ReadAllText(this[$"{image.Name}.digest"].FullPath).Trim();

    /// <summary>To be called last: whatever comes after it is not counted in.</summary>
    public void Seal()
    {
        if (IsSigned)
            foreach (var chart in Charts)
                SignChart(chart);
        string[] lines = [.. Files.Select(file => $"{HashOf(file)}  {file.GetFilename()}")];
        System.IO.File.WriteAllLines(Sums.FullPath, lines);
        if (IsSigned)
            Gpg("--armor", "--detach-sign", Sums.FullPath);
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
/// Brings a release to where customers find it: images to their registry, where cosign signs them, and charts into a
/// working copy of the chart repository (--pages), which a person looks at and pushes. Without --publish it only says
/// what it would do.
/// </summary>
public sealed record Publication(ICakeContext Context, ReleaseFolder Release, HelmTools Tools, Cosign Cosign)
{
    // How registries say that there is no such tag, and no such repository yet.
    private static readonly string[] Absences = ["manifest unknown", "name unknown", "name not known to registry"];

    public bool IsDry { get; init; }
    public DirectoryPath Pages { get; init; }

    /// <summary>Another registry than the images' own, with a path if need be: a mirror, or one to try.</summary>
    public string Registry { get; init; }

    /// <summary>First of all: a key that does not sign ends the release before anything is public.</summary>
    public void SignSums()
    {
        Cosign.Require();
        if (Cosign.Missing is { } missing)
            Context.Warning("Nothing is signed with cosign: {0}", missing);
        else
            Do($"sign {Release.Sums.GetFilename()} by {Cosign.Signer}", () => Cosign.Sign(Release.Sums));
    }

    /// <summary>
    /// A version is published once: another image under its tag is left alone, and said. Its own is signed again, for a
    /// release that broke off after the push.
    /// </summary>
    public void Publish(Image image, string version)
    {
        var home = Registry == "" ? image : image with { Registry = Registry };
        var (tag, digest) = (home.Reference(version), Release.DigestOf(image));
        if (!IsDry && DigestAt(tag) is { } there)
            Context.Information(there == digest
                ? $"{tag} is there already: {digest}"
                : throw new CakeException($"{tag} is there already: raise <Version> in Directory.Build.props."));
        else
            Do($"push {image.Name}.tar to {tag}", () => Push(Release[$"{image.Name}.tar"], tag));
        if (Cosign.Missing is null)
            Do($"sign {home.Repository}@{digest} by {Cosign.Signer}", () => Cosign.Sign($"{home.Repository}@{digest}"));
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

    private void Push(FilePath archive, string tag)
    {
        var exitCode = Skopeo(
            out _, out var errors, "copy", "--all", "--preserve-digests", $"oci-archive:{archive}", Of(tag));
        if (exitCode != 0)
            throw new CakeException($"{tag} was not pushed: {errors}");
    }

    /// <returns>The digest of the index under a tag; null where the registry says that there is none.</returns>
    private string DigestAt(string tag)
    {
        // Of an index, skopeo also reads the image for one processor, and each has one for amd64.
        var exitCode = Skopeo(
            out var output, out var errors,
            "--override-arch=amd64", "inspect", "--no-tags", "--format={{.Digest}}", Of(tag));
        return exitCode == 0 ? output
            : Absences.Any(errors.Contains) ? null
            : throw new CakeException($"{tag} cannot be looked up: {errors}");
    }

    private static string Of(string tag) => $"docker://{tag}";

    private int Skopeo(out string output, out string errors, params string[] arguments)
    {
        var exitCode = Context.StartProcess(
            "skopeo",
            new ProcessSettings
            {
                Arguments = ProcessArgumentBuilder.FromStringsQuoted(arguments),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
            out var lines,
            out var complaints);
        (output, errors) = (string.Join('\n', lines), string.Join('\n', complaints));
        return exitCode;
    }
}
