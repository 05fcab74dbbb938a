using System.Text.Json.Nodes;

/// <summary>One image of the product: which program, the Dockerfile's target, and whom its index serves.</summary>
public sealed record Image(
    string Name, Program Program, string Target, IReadOnlyList<Architecture> Architectures, double LimitInMegabytes)
{
    public string Repository => $"docker.io/tracebloc/{Name}";
}

/// <summary>Makes images by buildah, which needs no engine, and leaves each as an OCI archive and its digest.</summary>
public sealed class ImageFactory(ICakeContext context, DirectoryPath root, DirectoryPath output)
{
    // Made of Debian packages, where no public registry answers.
    private const string LocalBase = "localhost/tracebloc/runtime-deps:debian";

    private readonly Dictionary<Architecture, Base> bases = [];

    private DirectoryPath TimeZones => root.Combine("artifacts/tzdata");

    private FilePath Packages => root.CombineWithFilePath("scripts/debian-image.sh");

    /// <summary>Where the Dockerfile's target with-helm finds it.</summary>
    public DirectoryPath Helm(Architecture architecture) => root.Combine($"artifacts/helm/{architecture.Name}");

    /// <summary>The tools, and what comes from Debian packages into every image.</summary>
    public void Prepare()
    {
        Run(root.CombineWithFilePath("scripts/cluster.sh"), "install", "--images");
        context.CleanDirectory(TimeZones);
        Run(Packages, "rootfs", TimeZones.FullPath, "tzdata");
    }

    /// <summary>An index of one image per architecture. Same files, commit and bases: same digest.</summary>
    public void Make(Image image, string version)
    {
        context.EnsureDirectoryExists(output);
        var tag = $"{image.Repository}:{version}";
        // A list or an image of that name may be left from before; where none is, that is an error to buildah.
        context.StartProcess("buildah", new ProcessSettings
        {
            Arguments = ProcessArgumentBuilder.FromStringsQuoted(["manifest", "rm", tag]),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        Run("buildah", "manifest", "create", tag);
        foreach (var architecture in image.Architectures)
            Run("buildah", "manifest", "add", tag, Build(image, version, architecture));
        var archive = output.CombineWithFilePath($"{image.Name}.tar");
        if (context.FileExists(archive))
            context.DeleteFile(archive);
        Run("buildah", "manifest", "push", "--quiet", "--all", "--format=oci",
            $"--digestfile={archive.ChangeExtension(".digest")}", tag, $"oci-archive:{archive}:{tag}");
    }

    /// <returns>The image's id.</returns>
    private string Build(Image image, string version, Architecture architecture)
    {
        var found = BaseFor(architecture);
        var id = Read("buildah",
            "bud", "--quiet", "--identity-label=false", $"--timestamp={Git("0", "log", "-1", "--format=%ct")}",
            $"--platform=linux/{architecture.Name}", $"--target={image.Target}",
            $"--build-context=helm={Helm(architecture)}", $"--build-context=zoneinfo={TimeZones}/usr/share/zoneinfo",
            $"--build-arg=BASE={found.Name}", $"--build-arg=PROJECT={image.Program.Name}",
            $"--build-arg=TITLE={image.Name}", $"--build-arg=VERSION={version}",
            $"--build-arg=REVISION={Git("", "rev-parse", "HEAD")}", root.FullPath);
        Measure(image, architecture, id);
        return id;
    }

    /// <summary>What the product adds to its base, compressed, as it travels.</summary>
    private void Measure(Image image, Architecture architecture, string id)
    {
        var folder = context.Environment.GetSpecialPath(SpecialPath.LocalTemp).Combine($"tracebloc-{id[..12]}");
        context.CleanDirectory(folder);
        Run("buildah", "push", "--quiet", "--format=oci", id, $"dir:{folder}");
        var layers = Layers(System.IO.File.ReadAllText(folder.CombineWithFilePath("manifest.json").FullPath));
        context.DeleteDirectory(folder, new DeleteDirectorySettings { Recursive = true });
        var found = BaseFor(architecture);
        var below = Layers(Read("skopeo", "inspect", "--raw", $"containers-storage:@{found.Id}")).Count;
        var own = layers[below..].Sum() / 1e6;
        context.Information(
            "{0} {1}: {2:0.0} MB compressed, over {3}", image.Name, architecture.Name, own, found.Name);
        if (own >= image.LimitInMegabytes)
            throw new CakeException($"{image.Name} must stay under {image.LimitInMegabytes} MB compressed.");
    }

    private static List<long> Layers(string manifest) =>
        [.. JsonNode.Parse(manifest)["layers"].AsArray().Select(layer => (long)layer["size"])];

    private Base BaseFor(Architecture architecture) =>
        bases.TryGetValue(architecture, out var found) ? found : bases[architecture] = FindBase(architecture);

    /// <summary>The Dockerfile's own base; where it cannot be pulled, one of Debian packages.</summary>
    private Base FindBase(Architecture architecture)
    {
        var named = System.IO.File.ReadLines(root.CombineWithFilePath("Dockerfile").FullPath)
            .First(line => line.StartsWith("ARG BASE="))["ARG BASE=".Length..];
        var platform = $"--platform=linux/{architecture.Name}";
        if (Start("buildah", "pull", "--quiet", "--policy=missing", platform, named) == 0)
            return new Base(named, Read("buildah", "pull", "--quiet", "--policy=missing", platform, named));
        var local = $"{LocalBase}-{architecture.Name}";
        context.Information("That base cannot be pulled, so one is made of Debian packages: {0}", local);
        Run(Packages, new Dictionary<string, string> { ["ARCHITECTURE"] = architecture.Name }, "base", local);
        return new Base(local, Read("buildah", "images", "--quiet", "--no-trunc", local).Split(':')[^1]);
    }

    /// <summary>A tree without its history is an image all the same.</summary>
    private string Git(string otherwise, params string[] arguments) => context.GetPaths($"{root}/.git").Any()
        ? Read("git", ["-C", root.FullPath, "-c", $"safe.directory={root}", .. arguments])
        : otherwise;

    private void Run(FilePath tool, params string[] arguments) =>
        Run(tool, new Dictionary<string, string>(), arguments);

    private void Run(FilePath tool, IDictionary<string, string> variables, params string[] arguments)
    {
        if (Start(tool, variables, arguments) is not 0 and var exitCode)
            throw new CakeException($"{tool} {arguments[0]} ended with exit code {exitCode}: see above.");
    }

    private int Start(FilePath tool, params string[] arguments) =>
        Start(tool, new Dictionary<string, string>(), arguments);

    private int Start(FilePath tool, IDictionary<string, string> variables, params string[] arguments) =>
        context.StartProcess(tool, new ProcessSettings
        {
            Arguments = ProcessArgumentBuilder.FromStringsQuoted(arguments),
            EnvironmentVariables = variables,
        });

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

    /// <summary>What an image stands on: by name for the Dockerfile, by id for what is asked of it.</summary>
    private sealed record Base(string Name, string Id);
}
