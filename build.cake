#load build/parameters.cake
#load build/results.cake
#load build/servers.cake

var results = new TestResults();

// ---- what is true for the whole run

Setup(context =>
{
    var parameters = BuildParameters.Read(context);
    Information("{0} in {1}{2}", parameters.Target, parameters.Configuration, parameters.IsCi ? ", in CI" : "");
    return parameters;
});

Teardown<BuildParameters>((context, parameters) => parameters.Cluster.StopWhatWasStarted());

// ---- the story of a commit

Task("Default")
    .Description("Builds, verifies the format and runs every test that this machine can run.")
    .IsDependentOn("Build")
    .IsDependentOn("Format")
    .IsDependentOn("Test");

Task("Build")
    .Description("Builds the whole solution; warnings are errors.")
    .Does<BuildParameters>(parameters =>
        DotNetBuild(parameters.Solution, new DotNetBuildSettings { Configuration = parameters.Configuration }));

Task("Format")
    .Description("Fails when `dotnet format` would change a file.")
    .IsDependentOn("Build")
    .Does<BuildParameters>(parameters =>
        DotNetFormat(parameters.Solution, new DotNetFormatSettings { VerifyNoChanges = true, NoRestore = true }));

Task("Test")
    .Description("Runs the test projects. In CI without Integration.Tests, whose turn is Integration.")
    .IsDependentOn("Build")
    .Does<BuildParameters>(parameters =>
    {
        foreach (var project in parameters.TestProjects)
            results.Add(RunTests(parameters, project));
        results.Conclude(Context);
    });

// ---- the programs

Task("Demo")
    .Description("Shows image refresh at work against an in-process registry and Kubernetes API, in under a minute.")
    .Does<BuildParameters>(parameters => RunProgram(parameters, parameters.DemoProject));

Task("Publish")
    .Description("Publishes each program as one trimmed file for linux-x64, under artifacts/publish/.")
    .DoesForEach<BuildParameters, Program>(parameters => parameters.Programs, (_, program) => PublishProgram(program));

// ---- the real servers

Task("Servers")
    .Description("Installs the real registry and API server and starts the latter; what was started stops at the end.")
    .Does<BuildParameters>(parameters => parameters.Cluster.Start());

Task("Integration")
    .Description("Runs the published program against the real servers. Needs Debian, and root to install them.")
    .IsDependentOn("Servers")
    .IsDependentOn("Publish")
    .Does<BuildParameters>(parameters =>
    {
        var project = parameters.IntegrationProject;
        DotNetBuild(project.FullPath, new DotNetBuildSettings { Configuration = parameters.Configuration });
        results.Add(RunTests(parameters, project, parameters.RealParts));
        results.Conclude(Context, skipsFail: parameters.IsCi);
    });

Task("Benchmark")
    .Description("Measures the published program against the real servers; --name=value goes on to the benchmarks.")
    .IsDependentOn("Servers")
    .IsDependentOn("Publish")
    .IsDependentOn("Yardsticks")
    .Does<BuildParameters>(parameters =>
        RunProgram(parameters, parameters.BenchmarkProject, parameters.RealParts, parameters.Unclaimed));

Task("Yardsticks")
    .Description("Publishes what the benchmarks measure with and against, as the programs are published.")
    .DoesForEach<BuildParameters, Program>(
        parameters => parameters.Yardsticks, (_, program) => PublishProgram(program));

RunTarget(Argument("target", "Default"));

// ---- helpers

TestRun RunTests(BuildParameters parameters, FilePath project, IDictionary<string, string> variables = null)
{
    var name = project.GetFilenameWithoutExtension().ToString();
    var report = parameters.TestReports.CombineWithFilePath($"{name}.trx");
    if (FileExists(report))
        DeleteFile(report);
    var exitCode = StartProcess("dotnet", new ProcessSettings
    {
        Arguments = new ProcessArgumentBuilder()
            .Append("test").AppendQuoted(project.FullPath).Append("--no-build")
            .AppendSwitchQuoted("--configuration", parameters.Configuration)
            .Append("--blame-hang-timeout 10m --blame-hang-dump-type none")
            .AppendSwitchQuoted("--logger", "console;verbosity=quiet")
            .AppendSwitchQuoted("--logger", $"trx;LogFileName={report.GetFilename()}")
            .AppendSwitchQuoted("--results-directory", parameters.TestReports.FullPath),
        EnvironmentVariables = variables,
    });
    return TestRun.Read(name, FileExists(report) ? report.FullPath : null, exitCode);
}

void PublishProgram(Program program)
{
    CleanDirectory(program.Folder);
    DotNetPublish(program.Project.FullPath, new DotNetPublishSettings
    {
        Configuration = "Release",
        Runtime = "linux-x64",
        OutputDirectory = program.Folder,
    });
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
