using System.Text.Json.Nodes;

/// <summary>One image of the product: which program, and the Dockerfile's target.</summary>
public sealed record Image(string Name, Program Program, string Target, double? LimitInMegabytes = null)
{
    public string Repository => $"docker.io/tracebloc/{Name}";
}

/// <summary>Makes images by buildah, which needs no engine, and leaves each as an OCI archive and its digest.</summary>
public sealed class ImageFactory(ICakeContext context, DirectoryPath root, DirectoryPath output)
{
    // Made of Debian packages, where no public registry answers.
    private const string LocalBase = "localhost/tracebloc/runtime-deps:debian";

    private string chosenBase;

    /// <summary>Where the Dockerfile's target with-helm finds it.</summary>
    public DirectoryPath Helm => root.Combine("artifacts/helm");

    private DirectoryPath TimeZones => root.Combine("artifacts/tzdata");

    private string Base => chosenBase ??= FindBase();

    private FilePath Packages => root.CombineWithFilePath("scripts/debian-image.sh");

    /// <summary>The tools, and what comes from Debian packages into every image.</summary>
    public void Prepare()
    {
        Run(root.CombineWithFilePath("scripts/cluster.sh"), "install", "--images");
        context.CleanDirectory(TimeZones);
        Run(Packages, "rootfs", TimeZones.FullPath, "tzdata");
    }

    /// <summary>The same files, commit and base make the same digest.</summary>
    public void Make(Image image, string version)
    {
        var tag = $"{image.Repository}:{version}";
        context.EnsureDirectoryExists(output);
        var archive = output.CombineWithFilePath($"{image.Name}.tar");
        Run("buildah", [
            "bud", "--quiet", "--identity-label=false", $"--timestamp={Git("0", "log", "-1", "--format=%ct")}",
            $"--target={image.Target}", $"--tag={tag}", $"--build-context=helm={Helm}",
            $"--build-context=zoneinfo={TimeZones}/usr/share/zoneinfo",
            $"--build-arg=BASE={Base}", $"--build-arg=PROJECT={image.Program.Name}", $"--build-arg=TITLE={image.Name}",
            $"--build-arg=VERSION={version}", $"--build-arg=REVISION={Git("", "rev-parse", "HEAD")}", root.FullPath]);
        if (context.FileExists(archive))
            context.DeleteFile(archive);
        Run("buildah", "push", "--quiet", $"--digestfile={archive.ChangeExtension(".digest")}", tag,
            $"oci-archive:{archive}:{tag}");
        Measure(image, archive);
    }

    /// <summary>What the product adds to its base, compressed, as it travels.</summary>
    private void Measure(Image image, FilePath archive)
    {
        var own = Layers($"oci-archive:{archive}")[Layers($"containers-storage:{Base}").Count..].Sum() / 1e6;
        context.Information("{0}: {1:0.0} MB compressed, over {2}", image.Name, own, Base);
        if (own >= image.LimitInMegabytes)
            throw new CakeException($"{image.Name} must stay under {image.LimitInMegabytes} MB compressed.");
    }

    private List<long> Layers(string image) =>
        [.. JsonNode.Parse(Read("skopeo", "inspect", "--raw", image))["layers"].AsArray()
            .Select(layer => (long)layer["size"])];

    /// <summary>The Dockerfile's own base; where it cannot be pulled, one of Debian packages.</summary>
    private string FindBase()
    {
        var named = System.IO.File.ReadLines(root.CombineWithFilePath("Dockerfile").FullPath)
            .First(line => line.StartsWith("ARG BASE="))["ARG BASE=".Length..];
        if (Start("buildah", "pull", "--quiet", "--policy=missing", named) == 0)
            return named;
        context.Information("That base cannot be pulled, so one is made of Debian packages: {0}", LocalBase);
        Run(Packages, "base", LocalBase);
        return LocalBase;
    }

    /// <summary>A tree without its history is an image all the same.</summary>
    private string Git(string otherwise, params string[] arguments) => context.GetPaths($"{root}/.git").Any()
        ? Read("git", ["-C", root.FullPath, "-c", $"safe.directory={root}", .. arguments])
        : otherwise;

    private void Run(FilePath tool, params string[] arguments)
    {
        if (Start(tool, arguments) is not 0 and var exitCode)
            throw new CakeException($"{tool} {arguments[0]} ended with exit code {exitCode}: see above.");
    }

    private int Start(FilePath tool, params string[] arguments) => context.StartProcess(
        tool, new ProcessSettings { Arguments = ProcessArgumentBuilder.FromStringsQuoted(arguments) });

    private string Read(FilePath tool, params string[] arguments)
    {
        var exitCode = context.StartProcess(
            tool,
            new ProcessSettings
            {
                Arguments = ProcessArgumentBuilder.FromStringsQuoted(arguments),
                RedirectStandardOutput = true,
            },
            out var output);
        return exitCode == 0
            ? string.Join('\n', output)
            : throw new CakeException($"{tool} {string.Join(' ', arguments)} ended with exit code {exitCode}.");
    }
}
