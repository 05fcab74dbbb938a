using System.Text.RegularExpressions;

/// <summary>A system that the command line is released for: its name in files, and .NET's for it.</summary>
public sealed record Platform(string Name, string Runtime)
{
    /// <summary>NativeAOT cannot link for them on Linux: build/singlefile.props.</summary>
    public static readonly IReadOnlyList<Platform> OfSingleFiles =
        [new("darwin-amd64", "osx-x64"), new("darwin-arm64", "osx-arm64"), new("windows-amd64", "win-x64")];

    public static readonly IReadOnlyList<Platform> All =
    [
        .. Architecture.All.Select(architecture => new Platform($"linux-{architecture.Name}", architecture.Runtime)),
        .. OfSingleFiles,
    ];

    public string Extension => Runtime.StartsWith("win") ? ".exe" : "";
}

/// <summary>
/// The command line as one file for each platform, and what installs it: two scripts, a formula of Homebrew and a
/// manifest of Scoop.
/// </summary>
public sealed class Binaries(ICakeContext context, Program program, string version)
{
    private static readonly string[] Scripts = ["install.sh", "install.ps1"];

    // Templates, and what they are called in a release.
    private static readonly Dictionary<string, string> Packages = new()
    {
        ["homebrew.rb"] = "tracebloc.rb",
        ["scoop.json"] = "tracebloc.json",
    };

    public DirectoryPath Folder => program.Root.Combine("artifacts/binaries");

    /// <summary>NuGet's records of what the files were made of.</summary>
    public IReadOnlyList<Restore> Restores =>
    [
        program.Restore,
        new Restore(
            Intermediate.CombineWithFilePath("obj/Tracebloc.Cli/project.assets.json"),
            [.. Platform.OfSingleFiles.Select(platform => platform.Runtime)],
            ["Microsoft.NETCore.App.Runtime", "Microsoft.NETCore.App.Host"]),
    ];

    // Apart from obj/, so that these publications do not undo the restore of the native ones.
    private DirectoryPath Intermediate => program.Root.Combine("artifacts/singlefile");

    private DirectoryPath Sources => program.Root.Combine("scripts/install");

    /// <summary>Leaves what is there and was made of the same files.</summary>
    public void Make()
    {
        var inputs = Inputs();
        if (context.FileExists(Record) && System.IO.File.ReadAllText(Record.FullPath) == inputs)
        {
            context.Information("The binaries are there already, made of the same files");
            return;
        }

        PublishSingleFiles();
        Collect();
        System.IO.File.WriteAllText(Record.FullPath, inputs);
    }

    public void AddTo(ReleaseFolder release)
    {
        foreach (var platform in Platform.All)
            context.CopyFileToDirectory(File(platform), release.Folder);
        foreach (var script in Scripts)
            context.CopyFileToDirectory(Sources.CombineWithFilePath(script), release.Folder);
        foreach (var (template, name) in Packages)
            System.IO.File.WriteAllText(release[name].FullPath, Fill(Sources.CombineWithFilePath(template)));
    }

    // In the folder, so that it goes when that is emptied.
    private FilePath Record => Folder.CombineWithFilePath(".inputs");

    /// <summary>All that decides what the files hold, a line each: assemblies, native files, properties.</summary>
    private string Inputs() => string.Join('\n', context
        .GetFiles($"{program.Project.GetDirectory()}/bin/Release/net10.0/linux-*/*.dll")
        .Concat(Architecture.All.Select(program.File))
        .Concat(context.GetFiles($"{program.Root}/Directory.*"))
        .Concat(context.GetFiles($"{program.Root}/build/*.{{props,xml}}"))
        .Append(program.Root.CombineWithFilePath("build/binaries.cake"))
        .OrderBy(file => file.FullPath)
        .Select(file => $"{context.CalculateFileHash(file, HashAlgorithm.SHA256).ToHex()} {file}"));

    private void PublishSingleFiles()
    {
        foreach (var platform in Platform.OfSingleFiles)
        {
            context.CleanDirectory(Published(platform).GetDirectory());
            context.DotNetPublish(program.Project.FullPath, new DotNetPublishSettings
            {
                Configuration = "Release",
                Runtime = platform.Runtime,
                OutputDirectory = Published(platform).GetDirectory(),
                // The analyzers have had their turn in Build.
                MSBuildSettings = new DotNetMSBuildSettings()
                    .WithProperty("SingleFile", "true").WithProperty("RunAnalyzers", "false"),
                ArgumentCustomization = arguments =>
                    arguments.AppendSwitchQuoted("--artifacts-path", Intermediate.FullPath),
            });
        }
    }

    /// <summary>Gives the published files the names of a release.</summary>
    private void Collect()
    {
        context.CleanDirectory(Folder);
        foreach (var platform in Platform.All)
        {
            context.CopyFile(Published(platform), File(platform));
            context.Information(
                "{0,12:n0}  {1}", new FileInfo(File(platform).FullPath).Length, File(platform).GetFilename());
        }
    }

    private FilePath Published(Platform platform) =>
        Architecture.All.SingleOrDefault(architecture => architecture.Runtime == platform.Runtime) is { } native
            ? program.File(native)
            : program.Root.CombineWithFilePath(
                $"artifacts/publish/{platform.Name}/{program.Name}/{program.Name}{platform.Extension}");

    private FilePath File(Platform platform) =>
        Folder.CombineWithFilePath($"{program.Name}-{version}-{platform.Name}{platform.Extension}");

    private string Fill(FilePath template) => Regex
        .Replace(
            System.IO.File.ReadAllText(template.FullPath),
            @"\{sha256:([a-z0-9-]+)\}",
            match => HashOf(Platform.All.Single(platform => platform.Name == match.Groups[1].Value)))
        .Replace("{version}", version);

    private string HashOf(Platform platform) =>
        context.CalculateFileHash(File(platform), HashAlgorithm.SHA256).ToHex();
}
