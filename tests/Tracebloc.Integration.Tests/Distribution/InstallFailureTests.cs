using System.Text;
using Tracebloc.Testing.Registry;
using static Tracebloc.Integration.Tests.Distribution.SignedRelease;

namespace Tracebloc.Integration.Tests.Distribution;

/// <summary>Each way in which install.sh fails: with one message, and the former program in its place.</summary>
public sealed class InstallFailureTests(SignedRelease release) : IClassFixture<SignedRelease>
{
    private const string Binary = $"tracebloc-{SignedRelease.Version}-linux-amd64";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, string> Faults => Cross(
        ("no such version", "SHA256SUMS of version 9.8.7 was not downloaded: curl: (22)"),
        ("no such binary", $"{Binary} of version 9.8.7 was not downloaded: curl: (22)"),
        ("no checksums", "SHA256SUMS of version 9.8.7 was not downloaded"),
        ("no checksum of it", $"SHA256SUMS of version 9.8.7 has no checksum of {Binary}"),
        ("another binary", $"the checksum of {Binary} is wrong"),
        ("no signature", "SHA256SUMS.sigstore.json of version 9.8.7 was not downloaded"),
        ("other checksums", "the signature of version 9.8.7 is wrong"),
        ("a download that breaks off", $"{Binary} of version 9.8.7 was not downloaded"),
        ("a download that stalls", $"{Binary} of version 9.8.7 was not downloaded"),
        ("no cosign", "the signature cannot be verified: cosign is not on PATH"),
        ("no downloader", "neither curl nor GNU wget is on PATH"),
        ("a mirror without TLS", "TRACEBLOC_BASE_URL is no https address"),
        ("a binary of another system", "tracebloc 9.8.7 does not run on this machine"));

    public static TheoryData<string, string> WrongSignatures => new(
        from shell in Shells
        from wrong in new[] { "of another file", "of another version", "of a branch", "of another issuer", "no bundle" }
        select (shell, wrong));

    private static string[] Shells => ["dash", "busybox"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_leaves_the_former_program(string shell, string fault, string message)
    {
        await using var scene = await InstallScene.StartAsync(release);
        await ArrangeAsync(scene, fault);

        var result = (await scene.InstallAsync(await InstallShell.OfAsync(shell, Token))).AssertExit(1);

        Assert.Contains($"install.sh: {message}", result.Error);
        scene.AssertUntouched();
    }

    [Theory]
    [MemberData(nameof(WrongSignatures))]
    public async Task A_wrong_signature_is_never_excused(string shell, string wrong)
    {
        await using var scene = await InstallScene.StartAsync(release);
        scene.With("TRACEBLOC_ALLOW_UNVERIFIED", "1").Server[Bundle] = release.WrongBundles[wrong];

        var result = (await scene.InstallAsync(await InstallShell.OfAsync(shell, Token))).AssertExit(1);

        Assert.Contains("install.sh: the signature of version 9.8.7 is wrong", result.Error);
        scene.AssertUntouched();
    }

    [Theory]
    [InlineData("dash", "../x")]
    [InlineData("busybox", "../x")]
    [InlineData("dash", "9.8.7/../../x")]
    [InlineData("dash", "9.8.7\n../x")]
    [InlineData("busybox", "9.8.7\n../x")]
    [InlineData("dash", "9.8")]
    [InlineData("dash", "9.8.7-")]
    [InlineData("dash", "latest")]
    [InlineData("dash", "9.8.7?x=1")]
    [InlineData("dash", "-9.8.7")]
    public async Task A_malformed_version_reaches_no_server(string shell, string version)
    {
        await using var scene = await InstallScene.StartAsync(release);

        var result = await scene.RunAsync(
            await InstallShell.OfAsync(shell, Token), $"--version={version}", "--prefix", scene.Prefix);

        Assert.Contains("install.sh: the version is malformed", result.AssertExit(1).Error);
        Assert.Empty(scene.Server.Requests);
        scene.AssertUntouched();
    }

    [Theory]
    [InlineData("dash", "/releases", "leads to no release")]
    [InlineData("busybox", "/releases/tag/v9.8.7%2F..", "the version is malformed")]
    [InlineData("dash", "/releases/tag/nightly", "the version is malformed")]
    public async Task A_redirect_to_no_version_ends_it(string shell, string latest, string message)
    {
        await using var scene = await InstallScene.StartAsync(release);
        scene.Server.Latest = latest;

        var result = await scene.RunAsync(await InstallShell.OfAsync(shell, Token), "--prefix", scene.Prefix);

        Assert.Contains(message, result.AssertExit(1).Error);
        scene.AssertUntouched();
    }

    [Theory]
    [InlineData("dash", "/proc", "/proc/bin is not writable")]
    [InlineData("busybox", "/proc", "/proc/bin is not writable")]
    [InlineData("dash", "/nonexistent", "the folder /nonexistent is missing")]
    [InlineData("busybox", "/nonexistent", "the folder /nonexistent is missing")]
    public async Task A_prefix_that_cannot_be_used_is_named(string shell, string prefix, string message)
    {
        await using var scene = await InstallScene.StartAsync(release);

        var result = await scene.RunAsync(
            await InstallShell.OfAsync(shell, Token), "--version", SignedRelease.Version, "--prefix", prefix);

        Assert.Contains($"install.sh: {message}", result.AssertExit(1).Error);
        scene.AssertUntouched();
    }

    [Fact]
    public async Task Without_a_tool_for_checksums_nothing_is_downloaded()
    {
        await using var scene = await InstallScene.StartAsync(release);
        scene.Remove("sha256sum");

        var result = (await scene.InstallAsync(await InstallShell.OfAsync("dash", Token))).AssertExit(1);

        Assert.Contains("install.sh: the checksum cannot be verified: none of sha256sum", result.Error);
        Assert.Empty(scene.Server.Requests);
        scene.AssertUntouched();
    }

    [Theory]
    [InlineData("dash")]
    [InlineData("busybox")]
    public async Task Without_cosign_the_named_variable_installs_what_the_checksum_allows(string shell)
    {
        await using var scene = await InstallScene.StartAsync(release);
        scene.With("TRACEBLOC_ALLOW_UNVERIFIED", "1").Remove("cosign");

        var result = (await scene.InstallAsync(await InstallShell.OfAsync(shell, Token))).AssertExit(0);

        Assert.Contains("warning: the signature is not verified", result.Error);
        Assert.Equal(SignedRelease.Program, await File.ReadAllBytesAsync(scene.Program, Token));
    }

    [Theory]
    [InlineData("dash")]
    [InlineData("busybox")]
    public async Task A_signal_in_the_middle_of_a_download_leaves_nothing(string shell)
    {
        await using var scene = await InstallScene.StartAsync(release);
        var asked = new TaskCompletionSource();
        scene.With("TRACEBLOC_STALL_SECONDS", "60").Server.Fault = (
            Binary, new FakeReply { Body = SignedRelease.Program, MidBody = new TaskCompletionSource().Task });
        scene.Server.Asked = name =>
        {
            if (name == Binary) asked.SetResult();
        };
        var run = scene.Start(
            await InstallShell.OfAsync(shell, Token), "--version", SignedRelease.Version, "--prefix", scene.Prefix);
        await asked.Task.WaitAsync(Token);

        await run.TerminateAsync();

        (await run.Result).AssertExit(143);
        scene.AssertUntouched();
    }

    [Theory]
    [InlineData("dash")]
    [InlineData("busybox")]
    public async Task A_script_that_was_downloaded_in_part_does_nothing(string name)
    {
        await using var scene = await InstallScene.StartAsync(release);
        var shell = await InstallShell.OfAsync(name, Token);
        var script = await File.ReadAllBytesAsync(InstallShell.Script, Token);
        var part = Path.Combine(scene.Home, "..", "part.sh");
        var last = script.Length - 40;

        foreach (var length in Enumerable.Range(0, last / 211).Select(number => number * 211)
            .Concat(Enumerable.Range(last, 39)))
        {
            await File.WriteAllBytesAsync(part, script[..length], Token);
            await scene.RunAsync(
                shell with { Arguments = [.. shell.Arguments.SkipLast(1), part] },
                "--version", SignedRelease.Version, "--prefix", scene.Prefix);
        }

        Assert.Empty(scene.Server.Requests);
        scene.AssertUntouched();
    }

    private static TheoryData<string, string, string> Cross(params (string Fault, string Message)[] faults) =>
        new(from shell in Shells from fault in faults select (shell, fault.Fault, fault.Message));

    private async Task ArrangeAsync(InstallScene scene, string fault)
    {
        var (server, files) = (scene.Server, release.Files);
        switch (fault)
        {
            case "no such version": server.Served = Other; break;
            case "no such binary": server[Binary] = null; break;
            case "no checksums": server[Sums] = null; break;
            case "no checksum of it":
                await ReplaceSumsAsync(server, SumsOf(files.Where(file => file.Key.EndsWith("arm64")).ToDictionary()));
                break;
            case "another binary": server[Binary] = [.. SignedRelease.Program, .. "# and more\n"u8]; break;
            case "no signature": server[Bundle] = null; break;
            case "other checksums": server[Sums] = [.. files[Sums], .. "\n"u8]; break;
            case "a download that breaks off":
                server.Fault = (Binary, new FakeReply { Body = SignedRelease.Program, ContentLength = 5000 });
                break;
            case "a download that stalls":
                scene.With("TRACEBLOC_STALL_SECONDS", "1");
                server.Fault = (Binary, FakeReply.Never);
                break;
            case "no cosign": scene.Remove("cosign"); break;
            case "no downloader": scene.Remove("curl"); break;
            case "a mirror without TLS":
                scene.With("TRACEBLOC_BASE_URL", server.Address.Replace("https", "http"));
                break;
            case "a binary of another system":
                server[Binary] = Encoding.UTF8.GetBytes("#!/nonexistent\n");
                await ReplaceSumsAsync(server, SumsOf(new Dictionary<string, byte[]>
                {
                    [Binary] = Encoding.UTF8.GetBytes("#!/nonexistent\n"),
                }));
                break;
            default: throw new ArgumentException(fault, nameof(fault));
        }
    }

    private async Task ReplaceSumsAsync(ReleaseServer server, byte[] sums)
    {
        server[Sums] = sums;
        server[Bundle] = await release.SignAsync(sums, SignedRelease.Version);
    }
}
