using Tracebloc.Testing;
using Tracebloc.Testing.Registry;
using static Tracebloc.Integration.Tests.Distribution.SignedRelease;

namespace Tracebloc.Integration.Tests.Distribution;

/// <summary>install.ps1 by PowerShell 7 on Linux: everything but the registry of Windows.</summary>
public sealed class PowerShellInstallTests(SignedRelease release) : IClassFixture<SignedRelease>
{
    private const string Binary = $"tracebloc-{SignedRelease.Version}-windows-amd64.exe";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_latest_version_is_installed_and_put_on_path_once()
    {
        await using var scene = await StartAsync();
        scene.With("TRACEBLOC_VERSION", "").With("TRACEBLOC_PREFIX", "");
        var paths = Path.Combine(scene.Home, "user-path");
        await File.WriteAllTextAsync(paths, @"%USERPROFILE%\bin;;C:\tools", Token);

        var first = (await RunAsync(scene)).AssertExit(0);
        var second = (await RunAsync(scene)).AssertExit(0);

        var folder = Path.Combine(scene.Home, "AppData", "Programs", "tracebloc");
        Assert.Equal(SignedRelease.Program, await File.ReadAllBytesAsync(Path.Combine(folder, "tracebloc.exe"), Token));
        Assert.Equal([Path.Combine(folder, "tracebloc.exe")], Directory.GetFiles(folder));
        Assert.Equal($@"%USERPROFILE%\bin;C:\tools;{folder}", await File.ReadAllTextAsync(paths, Token));
        Assert.Contains("PATH of your account has", first.Output);
        Assert.DoesNotContain("PATH of your account has", second.Output);
        scene.AssertNoRemains();
    }

    [Fact]
    public async Task An_account_without_a_path_gets_no_empty_part()
    {
        await using var scene = await StartAsync();

        (await RunAsync(scene)).AssertExit(0);

        Assert.Equal(scene.Bin, await File.ReadAllTextAsync(Path.Combine(scene.Home, "user-path"), Token));
        Assert.Equal(SignedRelease.Program, await File.ReadAllBytesAsync(ProgramOf(scene), Token));
    }

    [Theory]
    [InlineData("no such version", "download/v9.8.7/SHA256SUMS was not downloaded")]
    [InlineData("no checksum of it", "the signature of version 9.8.7 is wrong")]
    [InlineData("another binary", $"The checksum of {Binary} is wrong")]
    [InlineData("no signature", "SHA256SUMS.sigstore.json was not downloaded")]
    [InlineData("a wrong signature", "The signature of version 9.8.7 is wrong")]
    [InlineData("a download that breaks off", $"{Binary} was not downloaded")]
    [InlineData("a download that stalls", $"{Binary} was not downloaded")]
    [InlineData("no cosign", "The signature cannot be verified: cosign is not on PATH")]
    [InlineData("a mirror without TLS", "TRACEBLOC_BASE_URL is no https address")]
    [InlineData("a malformed version", "The version is malformed: ../x")]
    [InlineData("a redirect to no version", "leads to no release")]
    [InlineData("a missing folder", "The folder /nonexistent is missing")]
    [InlineData("another processor", "There is no tracebloc for the processor x86")]
    [InlineData("another system", "This script is for Windows")]
    public async Task A_fault_leaves_the_former_program(string fault, string message)
    {
        await using var scene = await StartAsync();
        await File.WriteAllTextAsync(ProgramOf(scene), InstallScene.Former, Token);
        Arrange(scene, fault);

        var result = (await RunAsync(scene)).AssertExit(1);

        Assert.Contains(message, result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(InstallScene.Former, await File.ReadAllTextAsync(ProgramOf(scene), Token));
        Assert.False(File.Exists(Path.Combine(scene.Home, "user-path")));
        scene.AssertNoRemains();
    }

    [Fact]
    public async Task Without_cosign_the_named_variable_installs_what_the_checksum_allows()
    {
        await using var scene = await StartAsync();
        scene.With("TRACEBLOC_ALLOW_UNVERIFIED", "1").Remove("cosign");

        var result = (await RunAsync(scene)).AssertExit(0);

        Assert.Contains("The signature is not verified", result.Output);
        Assert.Equal(SignedRelease.Program, await File.ReadAllBytesAsync(ProgramOf(scene), Token));
    }

    private static string ProgramOf(InstallScene scene) => Path.Combine(scene.Bin, "tracebloc.exe");

    private static async Task<ProgramResult> RunAsync(InstallScene scene) =>
        await scene.RunAsync(await InstallShell.PowerShellAsync(Token));

    private async Task<InstallScene> StartAsync()
    {
        var scene = await InstallScene.StartAsync(release);
        InstallShell.OnWindows(scene);
        return scene;
    }

    private void Arrange(InstallScene scene, string fault)
    {
        var server = scene.Server;
        switch (fault)
        {
            case "no such version": server.Served = Other; break;
            case "no checksum of it":
                server[Sums] = SumsOf(new Dictionary<string, byte[]> { ["tracebloc"] = SignedRelease.Program });
                break;
            case "another binary": server[Binary] = [1, 2, 3]; break;
            case "no signature": server[Bundle] = null; break;
            case "a wrong signature":
                scene.With("TRACEBLOC_ALLOW_UNVERIFIED", "1");
                server[Bundle] = release.WrongBundles["of another version"];
                break;
            case "a download that breaks off":
                server.Fault = (Binary, new FakeReply { Body = SignedRelease.Program, ContentLength = 5000 });
                break;
            case "a download that stalls":
                scene.With("TRACEBLOC_STALL_SECONDS", "1");
                server.Fault = (Binary, new FakeReply
                {
                    Body = SignedRelease.Program,
                    MidBody = new TaskCompletionSource().Task,
                });
                break;
            case "no cosign": scene.Remove("cosign"); break;
            case "a mirror without TLS":
                scene.With("TRACEBLOC_BASE_URL", server.Address.Replace("https", "http"));
                break;
            case "a malformed version": scene.With("TRACEBLOC_VERSION", "../x"); break;
            case "a redirect to no version":
                scene.With("TRACEBLOC_VERSION", "");
                server.Latest = "/releases";
                break;
            case "a missing folder": scene.With("TRACEBLOC_PREFIX", "/nonexistent"); break;
            case "another processor": scene.With("PROCESSOR_ARCHITECTURE", "x86"); break;
            case "another system": scene.With("OS", ""); break;
            default: throw new ArgumentException(fault, nameof(fault));
        }
    }
}
