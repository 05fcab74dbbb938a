using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Distribution;

/// <summary>install.sh against a local release server, with a signature of real cosign.</summary>
public sealed class InstallTests(SignedRelease release) : IClassFixture<SignedRelease>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("dash", "curl")]
    [InlineData("dash", "wget")]
    [InlineData("busybox", "curl")]
    public async Task The_latest_version_is_installed(string name, string client)
    {
        await using var scene = await InstallScene.StartAsync(release);
        scene.Remove("curl");
        scene.Provide(client);

        var result = (await scene.RunAsync(await InstallShell.OfAsync(name, Token), "--prefix", scene.Prefix))
            .AssertExit(0);

        Assert.Contains($"tracebloc {SignedRelease.Version} is installed: {scene.Program}", result.Error);
        Assert.Equal(SignedRelease.Program, await File.ReadAllBytesAsync(scene.Program, Token));
        Assert.Equal((UnixFileMode)0b111_101_101, ModeOf(scene.Program));
        scene.AssertNoRemains();
    }

    [Theory]
    [InlineData("dash")]
    [InlineData("busybox")]
    public async Task Variables_stand_in_for_the_options_of_a_piped_script(string name)
    {
        await using var scene = await InstallScene.StartAsync(release);
        scene.With("TRACEBLOC_VERSION", $"v{SignedRelease.Version}").With("TRACEBLOC_PREFIX", scene.Prefix);
        var shell = await InstallShell.OfAsync(name, Token);

        var pipe = $"cat \"$0\" | {Sh(shell)}";
        var piped = new InstallShell("/bin/bash", ["-c", pipe, InstallShell.Script]);
        (await scene.RunAsync(piped)).AssertExit(0);

        Assert.Equal(SignedRelease.Program, await File.ReadAllBytesAsync(scene.Program, Token));
        Assert.DoesNotContain(scene.Server.Requests, request => request.Path == "/releases/latest");
    }

    [Theory]
    [InlineData("dash")]
    [InlineData("busybox")]
    public async Task Two_runs_leave_one_block_in_the_start_up_file(string name)
    {
        await using var scene = await InstallScene.StartAsync(release);
        await File.WriteAllTextAsync(scene.Startup, "alias ll='ls -l'\n", Token);
        var shell = await InstallShell.OfAsync(name, Token);

        (await scene.InstallAsync(shell)).AssertExit(0);
        var first = await File.ReadAllTextAsync(scene.Startup, Token);
        (await scene.InstallAsync(shell)).AssertExit(0);

        Assert.Equal(first, await File.ReadAllTextAsync(scene.Startup, Token));
        Assert.StartsWith("alias ll='ls -l'\n", first, StringComparison.Ordinal);
        Assert.Single(first.Split('\n'), line => line == "# >>> tracebloc >>>");
        Assert.Equal($"{scene.Bin}:/bin", await PathOfAsync(scene, "/bin"));
        Assert.Equal($"/bin:{scene.Bin}", await PathOfAsync(scene, $"/bin:{scene.Bin}"));
    }

    [Fact]
    public async Task Another_prefix_replaces_the_block_and_keeps_the_rest()
    {
        await using var scene = await InstallScene.StartAsync(release);
        var shell = await InstallShell.OfAsync("dash", Token);
        (await scene.InstallAsync(shell)).AssertExit(0);
        await File.AppendAllTextAsync(scene.Startup, "export EDITOR=vi\n", Token);
        var other = Directory.CreateDirectory(Path.Combine(scene.Home, "a folder")).FullName;

        (await scene.RunAsync(shell, $"--version={SignedRelease.Version}", $"--prefix={other}")).AssertExit(0);

        var text = await File.ReadAllTextAsync(scene.Startup, Token);
        Assert.Single(text.Split('\n'), line => line == "# >>> tracebloc >>>");
        Assert.Contains("export EDITOR=vi\n", text);
        Assert.Equal($"{other}/bin:/bin", await PathOfAsync(scene, "/bin"));
    }

    [Fact]
    public async Task A_block_without_its_end_is_left_as_it_is()
    {
        await using var scene = await InstallScene.StartAsync(release);
        const string cut = "# >>> tracebloc >>>\nPATH=/elsewhere:$PATH\nexport EDITOR=vi\n";
        await File.WriteAllTextAsync(scene.Startup, cut, Token);

        var result = (await scene.InstallAsync(await InstallShell.OfAsync("dash", Token))).AssertExit(0);

        Assert.Contains($"Add {scene.Bin} to PATH.", result.Error);
        Assert.Equal(cut, await File.ReadAllTextAsync(scene.Startup, Token));
    }

    [Theory]
    [InlineData("/bin/zsh", ".zshrc", "export PATH")]
    [InlineData("/usr/bin/fish", ".config/fish/config.fish", "set -gx PATH")]
    [InlineData("/bin/sh", ".profile", "export PATH")]
    public async Task Each_shell_has_its_own_start_up_file(string userShell, string file, string line)
    {
        await using var scene = await InstallScene.StartAsync(release);

        (await scene.With("SHELL", userShell).InstallAsync(await InstallShell.OfAsync("dash", Token))).AssertExit(0);

        Assert.Contains(line, await File.ReadAllTextAsync(Path.Combine(scene.Home, file), Token));
    }

    [Fact]
    public async Task A_folder_that_is_on_path_leaves_the_start_up_file_alone()
    {
        await using var scene = await InstallScene.StartAsync(release);

        (await scene.With("PATH", $"{Path.Combine(scene.Home, "../tools")}:{scene.Bin}")
            .InstallAsync(await InstallShell.OfAsync("dash", Token))).AssertExit(0);

        Assert.Empty(Directory.GetFileSystemEntries(scene.Home));
    }

    [Fact]
    public async Task Shellcheck_has_no_remarks()
    {
        RealParts.SkipWithout(RealParts.Shells);
        var file = await InstallShell.ExportAsync("SHELLCHECK", Token);

        var result = await ChildProgram.Start(file, [InstallShell.Script], [], Token).Result;

        Assert.Equal("", result.AssertExit(0).Output);
    }

    private static string Sh(InstallShell shell) =>
        shell.File == "/bin/dash" ? shell.File : $"{shell.File} {shell.Arguments[0]}";

    private static UnixFileMode ModeOf(string file) =>
        OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(file);

    /// <summary>PATH after the start-up file has run in a shell that had another.</summary>
    private static async Task<string> PathOfAsync(InstallScene scene, string path)
    {
        var result = await ChildProgram.Start(
            "/bin/dash", ["-c", ". \"$0\"; echo \"$PATH\"", scene.Startup], [("PATH", path)], Token).Result;
        return result.AssertExit(0).Output.Trim();
    }
}
