using System.Text.Json.Nodes;

/// <summary>One image of the product: which program, the Dockerfile's target, and whom its index serves.</summary>
public sealed record Image(
    string Name, Program Program, string Target, IReadOnlyList<Architecture> Architectures, double LimitInMegabytes)
{
    /// <summary>Where customers' clusters pull it.</summary>
    public string Registry { get; init; } = "docker.io";

    public string Repository => $"{Registry}/tracebloc/{Program.Name}";

    /// <summary>A variant of its program's image is a tag of the same repository: ingestor:2.0.0-python.</summary>
    public string Reference(string version) => $"{Repository}:{version}{Name[Program.Name.Length..]}";
}

/// <summary>Makes images by buildah, which needs no engine, and leaves each as an OCI archive and its digest.</summary>
public sealed class ImageFactory(ICakeContext context, DirectoryPath root, DirectoryPath output)
{
    // Made of Debian packages, where no public registry answers.
    private const string LocalBase = "localhost/tracebloc/runtime-deps:debian";

    private readonly Dictionary<Architecture, Base> bases = [];

    /// <summary>Where the archives of the images are left.</summary>
    public DirectoryPath Output => output;

    private DirectoryPath TimeZones => root.Combine("artifacts/tzdata");

    /// <summary>Debian's python3, where the target with-python finds it.</summary>
    public DirectoryPath Python(Architecture architecture) => root.Combine($"artifacts/python/{architecture.Name}");

    /// <summary>The layers of an image that consist of Debian packages, beside its base.</summary>
    public IReadOnlyList<DirectoryPath> DebianLayers(Image image) =>
        image.Target == "with-python" ? [.. image.Architectures.Select(Python)] : [];

    private FilePath Packages => root.CombineWithFilePath("scripts/debian-image.sh");

    /// <summary>Where the Dockerfile's target with-helm finds it.</summary>
    public DirectoryPath Helm(Architecture architecture) => root.Combine($"artifacts/helm/{architecture.Name}");

    /// <summary>The tools, and what comes from Debian packages into every image.</summary>
    public void Prepare()
    {
        Run(root.CombineWithFilePath("scripts/cluster.sh"), "install", "--images");
        context.CleanDirectory(TimeZones);
        Run(Packages, "rootfs", TimeZones.FullPath, "tzdata");
        foreach (var architecture in Architecture.All)
        {
            context.CleanDirectory(Python(architecture));
            Run(Packages, Of(architecture), "layer", Python(architecture).FullPath, "python3");
        }
    }

    /// <summary>
    /// An index of one image per architecture. Same files, commit and bases: same digest; one that is there is left.
    /// </summary>
    public void Make(Image image, string version)
    {
        var archive = output.CombineWithFilePath($"{image.Name}.tar");
        var record = root.CombineWithFilePath($"artifacts/inputs/{image.Name}.txt");
        var inputs = Inputs(image, version);
        if (context.FileExists(archive) && context.FileExists(record)
            && System.IO.File.ReadAllText(record.FullPath) == inputs)
        {
            context.Information("{0} is there already, made of the same files", image.Name);
            return;
        }

        context.EnsureDirectoryExists(output);
        var tag = image.Reference(version);
        // A list may be left from before, or an image of a test that opened the archive. None is an error to buildah.
        foreach (var remove in new[] { new[] { "manifest", "rm", tag }, ["rmi", "--force", tag] })
            context.StartProcess("buildah", new ProcessSettings
            {
                Arguments = ProcessArgumentBuilder.FromStringsQuoted(remove),
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        Run("buildah", "manifest", "create", tag);
        foreach (var architecture in image.Architectures)
            Run("buildah", "manifest", "add", tag, Build(image, version, architecture));
        if (context.FileExists(archive))
            context.DeleteFile(archive);
        Run("buildah", "manifest", "push", "--quiet", "--all", "--format=oci",
            $"--digestfile={archive.ChangeExtension(".digest")}", tag, $"oci-archive:{archive}:{tag}");
        context.EnsureDirectoryExists(record.GetDirectory());
        System.IO.File.WriteAllText(record.FullPath, inputs);
    }

    /// <summary>All that decides what an image holds, a line each.</summary>
    private string Inputs(Image image, string version) => string.Join('\n', image.Architectures.SelectMany(
        architecture => Arguments(image, version, architecture)
            .Append(BaseFor(architecture).Id)
            .Concat(Files(image, architecture).Select(
                file => $"{context.CalculateFileHash(file, HashAlgorithm.SHA256).ToHex()} {file}"))));

    // Of Debian packages the descriptions, which hold the versions.
    private IEnumerable<FilePath> Files(Image image, Architecture architecture) =>
    [
        root.CombineWithFilePath("Dockerfile"),
        root.CombineWithFilePath("build/images.cake"),
        Packages,
        image.Program.File(architecture),
        .. context.GetFiles($"{Helm(architecture)}/*"),
        .. DebianLayers(image).Append(TimeZones).SelectMany(
            layer => context.GetFiles($"{layer}/var/lib/dpkg/status.d/*")),
    ];

    /// <returns>The image's id.</returns>
    private string Build(Image image, string version, Architecture architecture)
    {
        var id = Read("buildah", Arguments(image, version, architecture));
        Measure(image, architecture, id);
        return id;
    }

    private string[] Arguments(Image image, string version, Architecture architecture) =>
    [
        "bud", "--quiet", "--identity-label=false", $"--timestamp={Git("0", "log", "-1", "--format=%ct")}",
        $"--platform=linux/{architecture.Name}", $"--target={image.Target}",
        $"--build-context=helm={Helm(architecture)}", $"--build-context=python={Python(architecture)}",
        $"--build-context=zoneinfo={TimeZones}/usr/share/zoneinfo",
        $"--build-arg=BASE={BaseFor(architecture).Name}", $"--build-arg=PROJECT={image.Program.Name}",
        $"--build-arg=TITLE={image.Name}", $"--build-arg=VERSION={version}",
        $"--build-arg=REVISION={Git("", "rev-parse", "HEAD")}", root.FullPath,
    ];

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
        Run(Packages, Of(architecture), "base", local);
        return new Base(local, Read("buildah", "images", "--quiet", "--no-trunc", local).Split(':')[^1]);
    }

    /// <summary>A tree without its history is an image all the same.</summary>
    private string Git(string otherwise, params string[] arguments) => context.GetPaths($"{root}/.git").Any()
        ? Read("git", ["-C", root.FullPath, "-c", $"safe.directory={root}", .. arguments])
        : otherwise;

    private static Dictionary<string, string> Of(Architecture architecture) =>
        new() { ["ARCHITECTURE"] = architecture.Name };

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
