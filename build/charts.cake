using System.Text.RegularExpressions;

/// <summary>One chart of the product, by its folder under charts/.</summary>
public sealed record Chart(ICakeContext Context, HelmTools Tools, DirectoryPath Folder)
{
    // The ZIP format begins here; any moment would do, as long as it is always the same.
    private static readonly DateTime Always = new(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    // The real server of the tests, and the newest that customers run (1.28 to 1.36): they differ in what they serve.
    private static readonly string[][] Servers =
    [
        ["1.20.2", "batch/v1beta1/CronJob", "policy/v1beta1/PodDisruptionBudget"],
        [
            "1.36.0", "batch/v1/CronJob", "policy/v1/PodDisruptionBudget", "security.openshift.io/v1",
            "admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy",
        ],
    ];

    public string Name => Folder.GetDirectoryName();

    /// <summary>The values to lint, render and apply it with, one file per kind of installation.</summary>
    private IEnumerable<FilePath> Examples => Context.GetFiles($"{Folder}/ci/*.yaml").OrderBy(file => file.FullPath);

    /// <summary>Holds the chart and its schema against every example, for each server.</summary>
    public void Lint()
    {
        foreach (var server in Servers)
        foreach (var values in Examples)
            Tools.RunHelm(
                "lint", Folder.FullPath, "--strict", "--quiet", "--kube-version", server[0],
                "--values", values.FullPath);
    }

    /// <summary>The objects of each example, in a folder per server and example, for people to compare.</summary>
    public void Render(DirectoryPath output)
    {
        Context.CleanDirectory(output);
        foreach (var server in Servers)
        foreach (var values in Examples)
            Tools.RunHelm(
            [
                "template", "acme", Folder.FullPath, "--values", values.FullPath, "--kube-version", server[0],
                .. server[1..].SelectMany(version => new[] { "--api-versions", version }),
                "--output-dir", output.Combine($"{server[0]}/{values.GetFilenameWithoutExtension()}").FullPath,
            ]);
    }

    /// <summary>
    /// Packages it as <paramref name="version"/>. The same files make the same bytes: helm takes over the times of the
    /// files, so it is given a copy whose files are all of one time.
    /// </summary>
    /// <param name="version">The version of chart and programs.</param>
    /// <param name="output">Where the package goes.</param>
    /// <param name="signKey">The key that signs the release, as gpg knows it: the chart carries its public half, by
    /// which auto-upgrade verifies the next version. Empty: none.</param>
    /// <param name="stamp">The digest that its values are given, of an image made with it. Null: none.</param>
    public FilePath Package(string version, DirectoryPath output, string signKey = "", Stamp stamp = null)
    {
        var copy = output.Combine($"{Name}.packaging").Combine(Name);
        Context.CleanDirectory(copy);
        Context.CopyDirectory(Folder, copy);
        if (signKey != "")
            ExportKey(signKey, copy.CombineWithFilePath("pubring.gpg"));
        stamp?.Write(copy.CombineWithFilePath("values.yaml"));
        foreach (var file in System.IO.Directory.EnumerateFiles(copy.FullPath, "*", SearchOption.AllDirectories))
            System.IO.File.SetLastWriteTimeUtc(file, Always);
        Tools.RunHelm(
            "package", copy.FullPath, "--version", version, "--app-version", version, "--destination", output.FullPath);
        Context.DeleteDirectory(copy.Combine(".."), new DeleteDirectorySettings { Recursive = true });
        var package = output.CombineWithFilePath($"{Name}-{version}.tgz");
        if (stamp is not null)
            RequireDigest(package, stamp);
        return package;
    }

    /// <summary>A stamp that no object of the chart holds would pin nothing.</summary>
    private void RequireDigest(FilePath package, Stamp stamp)
    {
        var objects = Tools.RunHelm(
            "template", "acme", package.FullPath, "--values", Examples.First().FullPath,
            "--kube-version", Servers[^1][0]);
        if (!objects.Contains($"@{stamp.Digest}"))
            throw new CakeException($"{package.GetFilename()} renders no image by its {stamp.Value}, {stamp.Digest}.");
        Context.Information("{0}: {1} is {2}", package.GetFilename(), stamp.Value, stamp.Digest);
    }

    /// <summary>In the binary form that helm reads, without the signatures of others, which come and go.</summary>
    private void ExportKey(string key, FilePath file)
    {
        var exitCode = Context.StartProcess("gpg", new ProcessSettings
        {
            Arguments = ProcessArgumentBuilder.FromStringsQuoted(
                ["--batch", "--yes", "--export-options", "export-minimal", "--output", file.FullPath, "--export", key]),
        });
        // gpg succeeds without a file where it does not know the key.
        if (exitCode != 0 || !Context.FileExists(file))
            throw new CakeException($"gpg exported no public key of {key}, exit code {exitCode}: see above.");
    }
}

/// <summary>A digest that a chart is packaged with, in place of an empty value of its values.yaml.</summary>
/// <param name="Value">The value by its path: submit.image.digest.</param>
/// <param name="Digest">Of the image's index.</param>
public sealed record Stamp(string Value, string Digest)
{
    private const string Empty = "\"\"";

    /// <summary>Changes that line alone: comments and order are what `helm show values` shows.</summary>
    public void Write(FilePath file)
    {
        var lines = System.IO.File.ReadAllLines(file.FullPath);
        var line = Find(lines) ?? throw new CakeException($"{file} has no empty {Value} for the digest of the image.");
        lines[line] = lines[line].Replace(Empty, $"\"{Digest}\"");
        System.IO.File.WriteAllLines(file.FullPath, lines);
    }

    private int? Find(string[] lines)
    {
        var path = new List<(int Indent, string Key)>();
        for (var number = 0; number < lines.Length; number++)
        {
            var match = Regex.Match(lines[number], @"^( *)(\w+):(.*)$");
            if (!match.Success)
                continue;
            path.RemoveAll(above => above.Indent >= match.Groups[1].Length);
            path.Add((match.Groups[1].Length, match.Groups[2].Value));
            if (string.Join('.', path.Select(key => key.Key)) == Value && match.Groups[3].Value.Trim() == Empty)
                return number;
        }

        return null;
    }
}
