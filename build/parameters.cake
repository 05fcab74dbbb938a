/// <summary>Everything that a run is told or finds out before its first task.</summary>
public sealed record BuildParameters
{
    public string Target { get; init; }
    public string Configuration { get; init; }
    public DotNetBuildSettings Compilation => new() { Configuration = Configuration };
    public bool IsCi { get; init; }

    /// <summary>The version of everything that is released, said once: in Directory.Build.props.</summary>
    public string Version { get; init; }

    public string Solution { get; init; }
    public FilePath DemoProject { get; init; }
    public FilePath BenchmarkProject { get; init; }

    /// <summary>The projects that run the published programs: the real servers' and the attacks.</summary>
    public IReadOnlyList<FilePath> IntegrationProjects { get; init; }

    /// <summary>The one of them with tests that need a node.</summary>
    public FilePath NodeProject { get; init; }

    public FilePath ChartProject { get; init; }
    public DirectoryPath Artifacts { get; init; }
    public DirectoryPath TestReports => Artifacts.Combine("tests");
    public DirectoryPath ChartArtifacts => Artifacts.Combine("charts");
    public Cluster Cluster { get; init; }

    /// <summary>cosign, and the services and the registry that it signs with.</summary>
    public ServerScript Sigstore { get; init; }

    /// <summary>MySQL and MariaDB.</summary>
    public ServerScript Databases { get; init; }

    /// <summary>strace, by which tests end programs at their calls to the volume.</summary>
    public ServerScript Tracer { get; init; }

    /// <summary>busybox and PowerShell, which run the installers, shellcheck, and Wine.</summary>
    public ServerScript Shells { get; init; }

    public NativeToolchain Toolchain { get; init; }
    public HelmTools Tools { get; init; }
    public IReadOnlyList<Chart> Charts { get; init; }
    public IReadOnlyList<Program> Programs { get; init; }
    public ImageFactory ImageFactory { get; init; }

    /// <summary>The command line, which is no image's program.</summary>
    public Program CommandLine => Named("tracebloc");

    /// <summary>The command line as users install it.</summary>
    public Binaries Binaries { get; init; }

    public ReleaseFolder Release { get; init; }
    public Publication Publication { get; init; }
    public SignKeys SignKeys { get; init; }
    public EndToEnd EndToEnd { get; init; }
    public FilePath EndToEndProject { get; init; }

    /// <summary>A cluster that was named on purpose, in place of one that a target brings up.</summary>
    public string KubeConfig { get; init; }

    /// <summary>Each holds one program, and the program that it starts: helm, or python3.</summary>
    public IReadOnlyList<Image> Images =>
    [
        new Image("image-refresh", Named("image-refresh"), "runtime", Architecture.All, LimitInMegabytes: 8),
        new Image("chart-upgrade", Named("chart-upgrade"), "with-helm", Tools.Architectures, LimitInMegabytes: 32),
        InGitHub(new("jobs-manager", Named("jobs-manager"), "runtime", Architecture.All, LimitInMegabytes: 20)),
        InGitHub(new("metadata-sync", Named("metadata-sync"), "runtime", Architecture.All, LimitInMegabytes: 20)),
        InGitHub(new("ingestor", Named("ingestor"), "runtime", Architecture.All, LimitInMegabytes: 12)),
        InGitHub(new("ingestor-python", Named("ingestor"), "with-python", Architecture.All, LimitInMegabytes: 24)),
    ];

    // Charts before 2.0.0 follow docker.io/tracebloc/jobs-manager, which is another program.
    private static Image InGitHub(Image image) => image with { Registry = "ghcr.io" };

    /// <summary>
    /// The digest that a chart pins an image by. The charts of what image refresh follows have none.
    /// </summary>
    /// <returns>Null for a chart that pins nothing.</returns>
    public Stamp StampOf(Chart chart) => chart.Name switch
    {
        "ingestor" => new Stamp("submit.image.digest", DigestOf(chart)),
        "metadata-sync" => new Stamp("image.digest", DigestOf(chart)),
        _ => null,
    };

    private string DigestOf(Chart chart) => Release.DigestOf(Images.Single(image => image.Name == chart.Name));

    /// <summary>What benchmarks measure with and against, published as the product is.</summary>
    public IReadOnlyList<Program> Yardsticks { get; init; }

    /// <summary>The projects whose tests this run owes an answer for.</summary>
    public IReadOnlyList<FilePath> TestProjects { get; init; }

    private static readonly string[] Claimed =
    [
        "target", "configuration", "kubeconfig", "sign-key", "publish", "pages", "registry", "release-folder",
        "exclusive",
    ];

    /// <summary>What was given on the command line and means nothing to this script.</summary>
    public IReadOnlyList<string> Unclaimed { get; init; }

    /// <summary>What tests and benchmarks go by: they never look at an ambient KUBECONFIG.</summary>
    public IDictionary<string, string> RealParts => new Dictionary<string, string>
    {
        ["TRACEBLOC_TEST_REGISTRY"] = "1",
        ["TRACEBLOC_TEST_KUBECONFIG"] = Cluster.KubeConfig,
        ["TRACEBLOC_TEST_SIGSTORE"] = Sigstore.File.FullPath,
        ["TRACEBLOC_TEST_MYSQL"] = Databases.File.FullPath,
        ["TRACEBLOC_TEST_TRACE"] = Tracer.File.FullPath,
        ["TRACEBLOC_TEST_CHART_UPGRADE"] = Published("chart-upgrade", Architecture.Amd64),
        ["TRACEBLOC_TEST_IMAGE_REFRESH"] = Published("image-refresh", Architecture.Amd64),
        ["TRACEBLOC_TEST_CLI"] = Published("tracebloc", Architecture.Amd64),
        ["TRACEBLOC_TEST_INGESTOR"] = Published("ingestor", Architecture.Amd64),
        ["TRACEBLOC_TEST_JOBS_MANAGER"] = Published("jobs-manager", Architecture.Amd64),
        ["TRACEBLOC_TEST_METADATA_SYNC"] = Published("metadata-sync", Architecture.Amd64),
        ["TRACEBLOC_BENCHMARK_ETCD"] = Cluster.Etcd,
        ["TRACEBLOC_BENCHMARK_BARE"] = Published("bare", Architecture.Amd64),
        ["TRACEBLOC_BENCHMARK_METER"] = Published("meter", Architecture.Amd64),
        ["TRACEBLOC_BENCHMARK_SEP"] = Published("sep-read", Architecture.Amd64),
    };

    /// <summary>What tests of the images go by.</summary>
    public IDictionary<string, string> ImageParts => new Dictionary<string, string>
    {
        ["TRACEBLOC_TEST_IMAGES"] = ImageFactory.Output.FullPath,
    };

    /// <summary>What tests of the command line's files go by.</summary>
    public IDictionary<string, string> BinaryParts => new Dictionary<string, string>
    {
        ["TRACEBLOC_TEST_BINARIES"] = Binaries.Folder.FullPath,
        ["TRACEBLOC_TEST_SHELLS"] = Shells.File.FullPath,
    };

    /// <summary>What the second demo loads into: nothing where scripts/mysql.sh has installed no server.</summary>
    public IDictionary<string, string> DemoParts => Databases.StartInstalled()
        ? new Dictionary<string, string> { ["TRACEBLOC_DEMO_MYSQL"] = Databases.File.FullPath }
        : [];

    /// <summary>What tests of the arm64 programs go by: QEMU runs them over that root.</summary>
    public IDictionary<string, string> Arm64Parts => new Dictionary<string, string>
    {
        ["TRACEBLOC_TEST_IMAGE_REFRESH_ARM64"] = Published("image-refresh", Architecture.Arm64),
        ["TRACEBLOC_TEST_CHART_UPGRADE_ARM64"] = Published("chart-upgrade", Architecture.Arm64),
        ["TRACEBLOC_TEST_ARM64_ROOT"] = Toolchain.Root,
    };

    private Program Named(string name) => Programs.Single(program => program.Name == name);

    private string Published(string name, Architecture architecture) =>
        Programs.Concat(Yardsticks).Single(program => program.Name == name).File(architecture).FullPath;

    public static BuildParameters Read(ICakeContext context)
    {
        var root = context.Environment.WorkingDirectory;
        var properties = root.CombineWithFilePath("Directory.Build.props");
        var tests = root.Combine("tests");
        var node = tests.CombineWithFilePath("Tracebloc.Integration.Tests/Tracebloc.Integration.Tests.csproj");
        IReadOnlyList<FilePath> integration =
        [
            node,
            tests.CombineWithFilePath("Tracebloc.Security.Tests/Tracebloc.Security.Tests.csproj"),
        ];
        var charts = tests.CombineWithFilePath("Tracebloc.Charts.Tests/Tracebloc.Charts.Tests.csproj");
        var tools = new HelmTools(context, root.Combine("build"));
        var isCi = context.EnvironmentVariable("CI") == "true";
        var keys = SignKeys.Read(context);
        var version = context.XmlPeek(properties, "/Project/PropertyGroup/Version");
        var commandLine = new Program("tracebloc", "src/Tracebloc.Cli", root);
        var release = new ReleaseFolder(
            context, Folder(context, "release-folder", "artifacts/release"), tools, keys.Gpg);
        return new BuildParameters
        {
            Target = context.Argument("target", "Default"),
            Configuration = context.Argument("configuration", "Release"),
            IsCi = isCi,
            Version = version,
            Solution = root.CombineWithFilePath("Refresh.sln").FullPath,
            DemoProject = tests.CombineWithFilePath("Tracebloc.Demo/Tracebloc.Demo.csproj"),
            BenchmarkProject = tests.CombineWithFilePath("Tracebloc.Benchmarks/Tracebloc.Benchmarks.csproj"),
            IntegrationProjects = integration,
            NodeProject = node,
            ChartProject = charts,
            Artifacts = root.Combine("artifacts"),
            Cluster = new Cluster(context, root.CombineWithFilePath("scripts/cluster.sh")),
            Sigstore = new ServerScript(context, root.CombineWithFilePath("scripts/sigstore.sh")),
            Databases = new ServerScript(context, root.CombineWithFilePath("scripts/mysql.sh")),
            Tracer = new ServerScript(context, root.CombineWithFilePath("scripts/trace.sh")),
            Shells = new ServerScript(context, root.CombineWithFilePath("scripts/shells.sh")),
            Toolchain = new NativeToolchain(context, root.CombineWithFilePath("scripts/native.sh")),
            Tools = tools,
            Charts = [.. context.GetFiles($"{root}/charts/*/Chart.yaml").OrderBy(file => file.FullPath)
                .Select(file => new Chart(context, tools, file.GetDirectory()))],
            Release = release,
            SignKeys = keys,
            Publication = new Publication(context, release, tools, new Cosign(context, keys.Cosign))
            {
                IsDry = !context.HasArgument("publish"),
                Registry = context.Argument("registry", ""),
                Pages = Folder(context, "pages", "../pages"),
            },
            EndToEnd = new EndToEnd(context, root, root.Combine("artifacts/e2e")),
            EndToEndProject = tests.CombineWithFilePath("Tracebloc.EndToEnd/Tracebloc.EndToEnd.csproj"),
            KubeConfig = context.Argument<string>("kubeconfig", null),
            ImageFactory = new ImageFactory(context, root, root.Combine("artifacts/images")),
            Programs =
            [
                new Program("image-refresh", "src/Tracebloc.ImageRefresh", root),
                new Program("chart-upgrade", "src/Tracebloc.ChartUpgrade", root),
                new Program("ingestor", "src/Tracebloc.Ingestor", root),
                new Program("jobs-manager", "src/Tracebloc.JobsManager", root),
                new Program("metadata-sync", "src/Tracebloc.MetadataSync", root),
                new Program("model-upload", "src/Tracebloc.ModelUpload", root),
                commandLine,
            ],
            Binaries = new Binaries(context, commandLine, version),
            Yardsticks =
            [
                new Program("bare", "tests/Tracebloc.Benchmarks.Bare", root),
                new Program("meter", "tests/Tracebloc.Benchmarks.Meter", root),
                new Program("sep-read", "tests/Tracebloc.Benchmarks.Sep", root),
            ],
            // The charts' turn is Charts, and CI runs Integration next: each test counts once.
            TestProjects = [.. context.GetFiles($"{tests}/*.Tests/*.Tests.csproj")
                .Where(project => project.FullPath != charts.FullPath)
                .Where(project => !isCi || integration.All(one => project.FullPath != one.FullPath))
                .OrderBy(project => project.FullPath)],
            Unclaimed = [.. context.Arguments.GetArguments()
                .Where(argument => !Claimed.Contains(argument.Key))
                .SelectMany(argument => argument.Value.Select(value => Option(argument.Key, value)))],
        };
    }

    private static DirectoryPath Folder(ICakeContext context, string option, string otherwise) =>
        new DirectoryPath(context.Argument(option, otherwise)).MakeAbsolute(context.Environment);

    private static string Option(string name, string value) => value == "" ? $"--{name}" : $"--{name}={value}";
}

/// <summary>A processor that programs are published for: its name in images, and .NET's for it.</summary>
public sealed record Architecture(string Name, string Runtime)
{
    public static readonly Architecture Amd64 = new("amd64", "linux-x64"), Arm64 = new("arm64", "linux-arm64");

    public static readonly IReadOnlyList<Architecture> All = [Amd64, Arm64];
}

/// <summary>One program of the product and where its published files go.</summary>
public sealed record Program(string Name, string ProjectFolder, DirectoryPath Root)
{
    public FilePath Project => Root.CombineWithFilePath($"{ProjectFolder}/{ProjectFolder.Split('/')[^1]}.csproj");

    /// <summary>The one that it was published from as a native program.</summary>
    public Restore Restore => new(
        Project.GetDirectory().CombineWithFilePath("obj/project.assets.json"),
        [.. Architecture.All.Select(architecture => architecture.Runtime)],
        ["Microsoft.NETCore.App.Runtime.NativeAOT"]);

    /// <summary>The program, and beside it what debuggers read and images do not hold.</summary>
    public DirectoryPath Folder(Architecture architecture) =>
        Root.Combine($"artifacts/publish/{architecture.Name}/{Name}");

    public FilePath File(Architecture architecture) => Folder(architecture).CombineWithFilePath(Name);
}
