#load build/binaries.cake
#load build/charts.cake
#load build/cosign.cake
#load build/endtoend.cake
#load build/helm.cake
#load build/images.cake
#load build/native.cake
#load build/parameters.cake
#load build/release.cake
#load build/results.cake
#load build/sbom.cake
#load build/servers.cake

var results = new TestResults();

// ---- what is true for the whole run

Setup(context =>
{
    var parameters = BuildParameters.Read(context);
    Information("{0} in {1}{2}", parameters.Target, parameters.Configuration, parameters.IsCi ? ", in CI" : "");
    return parameters;
});

Teardown<BuildParameters>((context, parameters) =>
{
    parameters.Databases.StopWhatWasStarted();
    parameters.Sigstore.StopWhatWasStarted();
    parameters.Cluster.StopWhatWasStarted();
});

// ---- the story of a commit

Task("Default")
    .Description("Builds, verifies the format and runs every test that this machine can run, the charts' too.")
    .IsDependentOn("Build")
    .IsDependentOn("Format")
    .IsDependentOn("Test")
    .IsDependentOn("Charts");

Task("Build")
    .Description("Builds the whole solution; warnings are errors.")
    .Does<BuildParameters>(parameters =>
        DotNetBuild(parameters.Solution, parameters.Compilation));

Task("Format")
    .Description("Fails when `dotnet format` would change a file.")
    .IsDependentOn("Build")
    .Does<BuildParameters>(parameters =>
        DotNetFormat(parameters.Solution, new DotNetFormatSettings { VerifyNoChanges = true, NoRestore = true }));

Task("Test")
    .Description("Runs the test projects but the charts'. In CI without those whose turn is Integration.")
    .IsDependentOn("Build")
    .Does<BuildParameters>(parameters =>
    {
        foreach (var project in parameters.TestProjects)
            results.Add(RunTests(parameters, project));
        results.Conclude(Context);
    });

// ---- the programs

Task("Demo")
    .Description("Shows image refresh at work, in one process, and the ingestor: with MySQL where that is installed.")
    .Does<BuildParameters>(parameters => RunProgram(parameters, parameters.DemoProject, parameters.DemoParts));

Task("Publish")
    .Description("Publishes each program as one native file for linux-x64, under artifacts/publish/amd64/.")
    .Does<BuildParameters>(parameters => PublishPrograms(parameters, parameters.Programs, Architecture.Amd64));

Task("PublishArm64")
    .Description("Publishes them for linux-arm64 by a cross compiler, under artifacts/publish/arm64/. Takes Debian.")
    .Does<BuildParameters>(parameters => PublishPrograms(parameters, parameters.Programs, Architecture.Arm64));

Task("Binaries")
    .Description("Makes the command line for Linux, macOS and Windows, one file each, under artifacts/binaries/.")
    .IsDependentOn("Publish")
    .IsDependentOn("PublishArm64")
    .Does<BuildParameters>(parameters => parameters.Binaries.Make());

// ---- the charts

Task("Charts")
    .Description("Lints and renders each chart with each of its ci/*.yaml, and runs their tests. May fetch helm.")
    .WithCriteria<BuildParameters>(
        (_, parameters) => parameters.IsCi || parameters.Tools.AreAtHand, "no helm, and no npm to fetch it with")
    .Does<BuildParameters>(parameters =>
    {
        foreach (var chart in parameters.Charts)
        {
            chart.Lint();
            chart.Render(parameters.Artifacts.Combine($"rendered/{chart.Name}"));
        }

        TestCharts(parameters, parameters.Tools.Variables);
    });

Task("ChartDocs")
    .Description("Rewrites what is generated: the README's values table, the schema's descriptions, the snapshots.")
    .Does<BuildParameters>(parameters =>
        TestCharts(parameters, new Dictionary<string, string>(parameters.Tools.Variables) { ["APPROVE"] = "1" }));

Task("Package")
    .Description("Packages each chart, byte for byte reproducible, with an index.yaml; --sign-key=NAME adds its key.")
    .Does<BuildParameters>(parameters =>
    {
        CleanDirectory(parameters.ChartArtifacts);
        foreach (var chart in parameters.Charts)
            Information(chart.Package(parameters.Version, parameters.ChartArtifacts, parameters.SignKeys.Gpg));
        parameters.Tools.RunHelm("repo", "index", parameters.ChartArtifacts.FullPath);
    });

// ---- the images

Task("Image")
    .Description("Makes the images as OCI archives, under artifacts/images/. Installs buildah, which takes root.")
    .IsDependentOn("Publish")
    .IsDependentOn("PublishArm64")
    .Does<BuildParameters>(parameters =>
    {
        var factory = parameters.ImageFactory;
        factory.Prepare();
        foreach (var architecture in parameters.Tools.Architectures)
        {
            CleanDirectory(factory.Helm(architecture));
            CopyFile(
                parameters.Tools.ForImage(architecture),
                factory.Helm(architecture).CombineWithFilePath("helm"));
        }

        foreach (var image in parameters.Images)
            factory.Make(image, parameters.Version);
    });

// ---- a release

Task("Release")
    .Description("Collects charts, images, binaries, SBOMs, checksums; --sign-key=KEY signs, --publish publishes.")
    .IsDependentOn("Image")
    .IsDependentOn("Binaries")
    .Does<BuildParameters>(parameters =>
    {
        var (release, publication) = (parameters.Release, parameters.Publication);
        release.Collect(parameters.ImageFactory.Output);
        foreach (var chart in parameters.Charts)
            chart.Package(parameters.Version, release.Folder, parameters.SignKeys.Gpg, parameters.StampOf(chart));
        parameters.Tools.RunHelm("repo", "index", release.Folder.FullPath);
        foreach (var image in parameters.Images)
        {
            var layers = parameters.ImageFactory.DebianLayers(image);
            new BillOfMaterials(image.Name, image.Program.Restore) { Layers = layers }
                .Write(release[$"{image.Name}.cdx.json"], parameters.Version);
        }

        new BillOfMaterials("tracebloc", parameters.Binaries.Restores)
            .Write(release["tracebloc.cdx.json"], parameters.Version);
        parameters.Binaries.AddTo(release);
        release.Seal();
        publication.SignSums();
        foreach (var image in parameters.Images)
            publication.Publish(image, parameters.Version);
        publication.PublishCharts();
    });

// ---- the real servers

Task("Servers")
    .Description("Installs the real registry and API server and starts the latter; what was started stops at the end.")
    .Does<BuildParameters>(parameters => parameters.Cluster.Start(Cluster.ApiOnly));

Task("Integration")
    .Description("Runs the published program against the real servers. Needs Debian, and root to install them.")
    .IsDependentOn("Servers")
    .IsDependentOn("Image")
    .IsDependentOn("Binaries")
    .IsDependentOn("Yardsticks")
    .Does<BuildParameters>(parameters =>
    {
        parameters.Sigstore.Start();
        StartDatabases(parameters);
        parameters.Tracer.Install();
        parameters.Shells.Install();
        var parts = parameters.RealParts
            .Concat(parameters.Arm64Parts)
            .Concat(parameters.ImageParts)
            .Concat(parameters.BinaryParts)
            .Concat(parameters.Tools.Variables)
            .ToDictionary();
        foreach (var project in parameters.IntegrationProjects)
        {
            DotNetBuild(project.FullPath, parameters.Compilation);
            results.Add(RunTests(parameters, project, parts, "Needs!=Node"));
        }
        results.Conclude(Context, skipsFail: parameters.IsCi);
    });

Task("E2E")
    .Description("Runs the stories on a real cluster, or on that of --kubeconfig; --only=push,refresh runs a few.")
    .IsDependentOn("Image")
    .Does<BuildParameters>(parameters =>
    {
        var endToEnd = parameters.EndToEnd;
        endToEnd.Prepare(parameters.Charts, parameters.Tools, parameters.Version);
        var kubeConfig = parameters.KubeConfig ?? parameters.Cluster.Start(Cluster.PodSecurity);
        var exitCode = 0;
        DotNetRun(
            parameters.EndToEndProject.FullPath,
            ProcessArgumentBuilder.FromStringsQuoted(parameters.Unclaimed),
            new DotNetRunSettings
            {
                Configuration = parameters.Configuration,
                EnvironmentVariables = endToEnd.Variables(kubeConfig, parameters.Tools, parameters.CommandLine),
                HandleExitCode = code => (exitCode = code) == code,
            });
        parameters.Cluster.SaveLogs(endToEnd.Logs);
        results.Add(TestRun.ReadClaims(endToEnd.Claims.FullPath, exitCode));
        if (parameters.KubeConfig is null && parameters.Unclaimed is []) RunNodeTests(parameters);
        results.Conclude(Context, skipsFail: parameters.IsCi);
    });

Task("Benchmark")
    .Description("Measures the published programs against the real servers; --name=value goes on to the benchmarks.")
    .IsDependentOn("Publish")
    .IsDependentOn("Yardsticks")
    .Does<BuildParameters>(parameters =>
    {
        // Without a node, which would take part of what the others measure.
        var isPush = Argument("only", "").StartsWith("push");
        parameters.Cluster.Start(isPush ? Cluster.Whole : Cluster.ApiOnly);
        StartDatabases(parameters);
        var parts = isPush
            ? parameters.RealParts.Concat(parameters.EndToEnd.PushParts()).ToDictionary()
            : parameters.RealParts;
        RunProgram(parameters, parameters.BenchmarkProject, parts, parameters.Unclaimed);
    });

Task("Yardsticks")
    .Description("Publishes what the benchmarks measure with and against, as the programs are published.")
    .Does<BuildParameters>(parameters => PublishPrograms(parameters, parameters.Yardsticks, Architecture.Amd64));

RunTarget(Argument("target", "Default"));

// ---- helpers

void TestCharts(BuildParameters parameters, IDictionary<string, string> variables)
{
    DotNetBuild(parameters.ChartProject.FullPath, parameters.Compilation);
    results.Add(RunTests(parameters, parameters.ChartProject, variables));
    results.Conclude(Context, skipsFail: parameters.IsCi);
}

// Without policies: their pod does what a run may not.
void RunNodeTests(BuildParameters parameters)
{
    PublishPrograms(parameters, parameters.Yardsticks, Architecture.Amd64);
    parameters.Cluster.StopWhatWasStarted();
    parameters.Cluster.Start(Cluster.Whole);
    StartDatabases(parameters);
    var parts = parameters.RealParts
        .Concat(parameters.EndToEnd.NodeParts())
        .Concat(parameters.EndToEnd.PushParts())
        .ToDictionary();
    var project = parameters.NodeProject;
    DotNetBuild(project.FullPath, parameters.Compilation);
    results.Add(RunTests(parameters, project, parts, "Needs=Node"));
}

void StartDatabases(BuildParameters parameters)
{
    parameters.Databases.Start();
    parameters.Databases.Start("--mariadb");
}

TestRun RunTests(
    BuildParameters parameters, FilePath project, IDictionary<string, string> variables = null, string filter = "")
{
    var name = project.GetFilenameWithoutExtension().ToString();
    var report = parameters.TestReports.CombineWithFilePath($"{name}.trx");
    if (FileExists(report))
        DeleteFile(report);
    var exitCode = StartProcess("dotnet", new ProcessSettings
    {
        Arguments = new ProcessArgumentBuilder()
            .Append("test").AppendQuoted(project.FullPath).Append("--no-build")
            .Append(filter == "" ? "" : $"--filter {filter}")
            .AppendSwitchQuoted("--configuration", parameters.Configuration)
            .Append("--blame-hang-timeout 10m --blame-hang-dump-type none")
            .AppendSwitchQuoted("--logger", "console;verbosity=quiet")
            .AppendSwitchQuoted("--logger", $"trx;LogFileName={report.GetFilename()}")
            .AppendSwitchQuoted("--results-directory", parameters.TestReports.FullPath),
        EnvironmentVariables = variables,
    });
    return TestRun.Read(name, FileExists(report) ? report.FullPath : null, exitCode);
}

void PublishPrograms(BuildParameters parameters, IEnumerable<Program> programs, Architecture architecture)
{
    parameters.Toolchain.Require(architecture);
    foreach (var program in programs)
    {
        CleanDirectory(program.Folder(architecture));
        DotNetPublish(program.Project.FullPath, new DotNetPublishSettings
        {
            Configuration = "Release",
            Runtime = architecture.Runtime,
            OutputDirectory = program.Folder(architecture),
        });
    }
}

void RunProgram(
    BuildParameters parameters,
    FilePath project,
    IDictionary<string, string> variables = null,
    IReadOnlyList<string> arguments = null)
{
    if (!FileExists(project))
        throw new CakeException($"{project} is not there yet.");
    DotNetRun(
        project.FullPath,
        ProcessArgumentBuilder.FromStringsQuoted(arguments ?? []),
        new DotNetRunSettings
        {
            Configuration = parameters.Configuration,
            EnvironmentVariables = variables ?? new Dictionary<string, string>(),
        });
}
