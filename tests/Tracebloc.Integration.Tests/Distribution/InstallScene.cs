using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Distribution;

/// <summary>A user's machine with a release server: a home, a prefix, and a PATH of chosen programs.</summary>
internal sealed class InstallScene : IAsyncDisposable
{
    public const string Former = "#!/bin/sh\necho the former program\n";

    private static readonly string[] Needed =
    [
        "cat", "chmod", "cp", "curl", "dirname", "grep", "head", "mkdir", "mktemp", "mv", "rm", "sed", "sha256sum",
        "sleep", "tail", "uname",
    ];

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("install-");
    private readonly Dictionary<string, string> _variables;

    private InstallScene(ReleaseServer server, string trustRoot)
    {
        Server = server;
        foreach (var folder in new[] { Home, Prefix, Tools, Temporary }) Directory.CreateDirectory(folder);
        File.WriteAllText(InRoot("ca.pem"), server.Authority);
        File.WriteAllText(InRoot("wgetrc"), $"ca_certificate={InRoot("ca.pem")}\n");
        foreach (var tool in Needed) Provide(tool);
        _variables = new Dictionary<string, string>
        {
            ["HOME"] = Home,
            ["SHELL"] = "/bin/bash",
            ["PATH"] = Tools,
            ["TMPDIR"] = Temporary,
            ["CURL_CA_BUNDLE"] = InRoot("ca.pem"),
            ["WGETRC"] = InRoot("wgetrc"),
            ["SSL_CERT_FILE"] = InRoot("ca.pem"),
            ["TUF_ROOT"] = InRoot("tuf"),
            ["COSIGN_TRUSTED_ROOT"] = trustRoot,
            ["TRACEBLOC_BASE_URL"] = server.Address,
            ["TRACEBLOC_STALL_SECONDS"] = "5",
        };
    }

    public ReleaseServer Server { get; }

    public string Home => InRoot("home");

    public string Prefix => InRoot("prefix");

    public string Bin => Path.Combine(Prefix, "bin");

    public string Program => Path.Combine(Bin, "tracebloc");

    /// <summary>The start-up file of bash.</summary>
    public string Startup => Path.Combine(Home, ".bashrc");

    private string Tools => InRoot("tools");

    private string Temporary => InRoot("tmp");

    /// <summary>A scene whose prefix holds a former tracebloc, and with cosign on PATH.</summary>
    public static async Task<InstallScene> StartAsync(SignedRelease release)
    {
        RealParts.SkipWithout(RealParts.Sigstore, RealParts.Shells);
        var scene = await StartAsync(release, release.Files, SignedRelease.Version);
        Directory.CreateDirectory(scene.Bin);
        await File.WriteAllTextAsync(scene.Program, Former);
        return scene;
    }

    /// <summary>A scene with an empty prefix and the files of another release.</summary>
    public static async Task<InstallScene> StartAsync(
        SignedRelease release, IReadOnlyDictionary<string, byte[]> files, string version)
    {
        var token = TestContext.Current.CancellationToken;
        var scene = new InstallScene(await ReleaseServer.StartAsync(files, token, version), release.TrustRoot);
        var exports = await ScriptExports.ReadAsync(RealParts.SigstoreScript ?? "", "env", token);
        scene.Provide("cosign", exports["COSIGN"] ?? "");
        return scene;
    }

    public InstallScene With(string variable, string value)
    {
        _variables[variable] = value;
        return this;
    }

    /// <summary>Puts a program on PATH.</summary>
    public void Provide(string tool, string? file = null) =>
        File.CreateSymbolicLink(Path.Combine(Tools, tool), file ?? Path.Combine("/usr/bin", tool));

    public void Remove(string tool) => File.Delete(Path.Combine(Tools, tool));

    /// <summary>Installs the version of the release into the prefix.</summary>
    public Task<ProgramResult> InstallAsync(InstallShell shell) =>
        RunAsync(shell, "--version", Server.Version, "--prefix", Prefix);

    public Task<ProgramResult> RunAsync(InstallShell shell, params string[] arguments) =>
        Start(shell, arguments).Result;

    public ChildProgram Start(InstallShell shell, params string[] arguments) => ChildProgram.Start(
        shell.File,
        [.. shell.Arguments, .. arguments],
        [.. _variables.Select(variable => (variable.Key, variable.Value))],
        TestContext.Current.CancellationToken);

    /// <summary>Nothing was installed, the former program is whole, and no file was left anywhere.</summary>
    public void AssertUntouched()
    {
        Assert.Equal(Former, File.ReadAllText(Program));
        Assert.Equal([Program], Directory.GetFileSystemEntries(Prefix, "*", SearchOption.AllDirectories).Except([Bin]));
        AssertNoRemains();
        Assert.Empty(Directory.GetFileSystemEntries(Home));
    }

    /// <summary>No temporary file is left.</summary>
    public void AssertNoRemains()
    {
        Assert.Empty(Directory.GetFileSystemEntries(Temporary, "tracebloc*"));
        if (Directory.Exists(Bin)) Assert.Empty(Directory.GetFiles(Bin, ".*"));
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _root.Delete(recursive: true);
    }

    private string InRoot(string name) => Path.Combine(_root.FullName, name);
}
