using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CliWrap;
using CliWrap.Buffered;

namespace Tracebloc.Integration.Tests.Distribution;

/// <summary>The files that the Release target leaves for the command line.</summary>
public sealed class ReleaseFilesTests(MadeRelease made, SignedRelease signed)
    : IClassFixture<MadeRelease>, IClassFixture<SignedRelease>
{
    private static readonly string[] Platforms =
        ["linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64", "windows-amd64.exe"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void The_checksums_list_each_file()
    {
        RealParts.SkipWithout(MadeRelease.Missing);
        Assert.Superset(
            new HashSet<string>(
            [
                .. Platforms.Select(made.NameOf), "install.sh", "install.ps1", "tracebloc.rb", "tracebloc.json",
                "tracebloc.cdx.json",
            ]),
            made.Sums.Keys.ToHashSet());
        Assert.All(made.Sums, sum => Assert.Equal(made.HashOf(sum.Key), sum.Value));
    }

    [Fact]
    public async Task The_formula_of_Homebrew_has_the_address_and_the_checksum_of_each_file()
    {
        RealParts.SkipWithout(MadeRelease.Missing);
        var formula = await made.ReadAsync("tracebloc.rb", Token);

        foreach (var platform in Platforms.SkipLast(1))
        {
            var checksum = made.HashOf(made.NameOf(platform));
            Assert.Contains($"url \"{made.AddressOf(platform)}\"\n      sha256 \"{checksum}\"\n", formula);
        }

        Assert.Contains($"version \"{made.Version}\"", formula);
        Assert.DoesNotContain("{version}", formula);
    }

    [Fact]
    public async Task The_manifest_of_Scoop_has_the_address_and_the_checksum()
    {
        RealParts.SkipWithout(MadeRelease.Missing);
        var manifest = JsonNode.Parse(await made.ReadAsync("tracebloc.json", Token))!;

        var file = manifest["architecture"]!["64bit"]!;
        Assert.Equal(made.Version, (string?)manifest["version"]);
        Assert.Equal($"{made.AddressOf("windows-amd64.exe")}#/tracebloc.exe", (string?)file["url"]);
        Assert.Equal(made.HashOf(made.NameOf("windows-amd64.exe")), (string?)file["hash"]);
    }

    [Fact]
    public async Task The_bill_of_materials_lists_the_runtime_of_each_platform()
    {
        RealParts.SkipWithout(MadeRelease.Missing);
        var bill = JsonNode.Parse(await made.ReadAsync("tracebloc.cdx.json", Token))!;

        var names = bill["components"]!.AsArray().Select(component => (string?)component!["name"]).ToList();
        Assert.Equal(names.Distinct(), names);
        Assert.Superset(
            new HashSet<string>(
            [
                "Microsoft.NETCore.App.Runtime.NativeAOT.linux-x64",
                "Microsoft.NETCore.App.Runtime.NativeAOT.linux-arm64",
                "Microsoft.NETCore.App.Runtime.osx-x64", "Microsoft.NETCore.App.Runtime.osx-arm64",
                "Microsoft.NETCore.App.Runtime.win-x64", "System.CommandLine",
            ]),
            names.Select(name => name ?? "").ToHashSet());
    }

    [Theory]
    [InlineData("dash")]
    [InlineData("busybox")]
    public async Task The_installer_of_the_release_installs_the_program_of_the_release(string shell)
    {
        RealParts.SkipWithout(MadeRelease.Missing, RealParts.Sigstore, RealParts.Shells);
        var files = made.Sums.Keys.Where(name => name.StartsWith("tracebloc-", StringComparison.Ordinal))
            .ToDictionary(name => name, name => File.ReadAllBytes(made.PathOf(name)));
        files[SignedRelease.Sums] = Encoding.UTF8.GetBytes(await made.ReadAsync(SignedRelease.Sums, Token));
        files[SignedRelease.Bundle] = await signed.SignAsync(files[SignedRelease.Sums], made.Version);
        await using var scene = await InstallScene.StartAsync(signed, files, made.Version);

        (await scene.InstallAsync(await InstallShell.OfAsync(shell, Token))).AssertExit(0);

        var result = await Cli.Wrap(scene.Program).WithArguments(["--version"]).ExecuteBufferedAsync(Token);
        Assert.StartsWith(made.Version, result.StandardOutput, StringComparison.Ordinal);
        Assert.Equal(made.HashOf(made.NameOf("linux-amd64")), Hash(await File.ReadAllBytesAsync(scene.Program, Token)));
    }

    private static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
