using System.IO.Compression;

/// <summary>
/// What a version consists of, in one folder: charts, images, bills of materials, and their checksums. With a key
/// (--sign-key, as gpg knows it) the charts have a provenance that `helm verify` checks, and the checksums a signature.
/// </summary>
public sealed record ReleaseFolder(ICakeContext Context, DirectoryPath Folder, HelmTools Tools, string SignKey)
{
    private const string Checksums = "SHA256SUMS";

    private bool IsSigned => SignKey != "";

    private IEnumerable<FilePath> Files => Context.GetFiles($"{Folder}/*").OrderBy(file => file.FullPath);

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
            foreach (var chart in Context.GetFiles($"{Folder}/*.tgz"))
                SignChart(chart);
        var sums = Folder.CombineWithFilePath(Checksums);
        System.IO.File.WriteAllLines(sums.FullPath, Files.Select(file => $"{HashOf(file)}  {file.GetFilename()}").ToList());
        if (IsSigned)
            Gpg("--armor", "--detach-sign", sums.FullPath);
        foreach (var file in Files)
            Context.Information("{0,12:n0}  {1}", new System.IO.FileInfo(file.FullPath).Length, file.GetFilename());
    }

    /// <summary>
    /// The chart's own metadata and the archive's hash, clear-signed: the form that `helm verify` and a keyring in the
    /// chart's auto-upgrade ask for, https://helm.sh/docs/topics/provenance/.
    /// </summary>
    private void SignChart(FilePath chart)
    {
        var statement = chart.AppendExtension(".prov.txt");
        System.IO.File.WriteAllText(
            statement.FullPath,
            $"{Tools.ReadHelm("show", "chart", chart.FullPath)}\n\n...\nfiles:\n"
            + $"  {chart.GetFilename()}: sha256:{HashOf(chart)}\n");
        Gpg("--clearsign", "--output", chart.AppendExtension(".prov").FullPath, statement.FullPath);
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
