using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.RegularExpressions;
using Tracebloc.Integration.Tests.ImageRefresh;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.Distribution;

/// <summary>The released files of the command line: they run where this machine can run them.</summary>
public sealed partial class BinaryTests
{
    private const double LargestForLinux = 20e6;

    private static readonly string Version = typeof(BinaryTests).Assembly.GetName().Version?.ToString(3) ?? "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Platforms =>
        new("linux-amd64", "linux-arm64", "darwin-amd64", "darwin-arm64", "windows-amd64.exe");

    /// <summary>The file of a platform.</summary>
    internal static string FileOf(string platform)
    {
        RealParts.SkipWithout(RealParts.Binaries);
        return Path.Combine(RealParts.BinaryFolder ?? "", $"tracebloc-{Version}-{platform}");
    }

    [Fact]
    public async Task The_linux_amd64_file_runs()
    {
        var result = await PublishedProgram.StartFile(FileOf("linux-amd64"), ["--version"]).Result;

        Assert.StartsWith(Version, result.AssertExit(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_has_the_date_of_the_commit_that_it_was_built_of()
    {
        var result = await PublishedProgram.StartFile(FileOf("linux-amd64"), ["version"]).Result;

        Assert.Matches(
            @"\(commit [0-9a-f]{12}, built \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ, ", result.AssertExit(0).Output);
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--help")]
    public async Task The_linux_arm64_file_prints_under_qemu_what_that_of_amd64_prints(string argument)
    {
        RealParts.SkipWithout(RealParts.Arm64);
        var expected = await PublishedProgram.StartFile(FileOf("linux-amd64"), [argument]).Result;

        var found = await PublishedProgram.RunFileOnArm64Async(FileOf("linux-arm64"), argument);

        Assert.Equal(expected.AssertExit(0).Output, found.AssertExit(0).Output);
    }

    [Fact]
    public async Task The_windows_file_prints_under_wine_what_that_of_linux_prints()
    {
        RealParts.SkipWithout(RealParts.Binaries, RealParts.Shells);
        var expected = (await PublishedProgram.StartFile(FileOf("linux-amd64"), ["--help"]).Result).AssertExit(0);
        var prefix = Directory.CreateTempSubdirectory("wine-");
        (string, string)[] environment =
        [
            ("WINEPREFIX", prefix.FullName), ("WINEDEBUG", "-all"), ("DISPLAY", ""), ("HOME", prefix.FullName),
            ("PATH", "/usr/bin:/bin"),
        ];
        var wine = await InstallShell.ExportAsync("WINE", Token);

        var found = await PublishedProgram.StartFile(wine, [FileOf("windows-amd64.exe"), "--help"], environment).Result;
        await PublishedProgram.StartFile("/usr/lib/wine/wineserver64", ["-k", "-w"], environment).Result;

        Assert.Equal(expected.Output, found.AssertExit(0).Output.ReplaceLineEndings("\n"));
        prefix.Delete(recursive: true);
    }

    [Theory]
    [InlineData("linux-amd64", 0x3e)]
    [InlineData("linux-arm64", 0xb7)]
    public async Task The_linux_files_are_native_small_and_for_their_processor(string platform, int processor)
    {
        var content = await File.ReadAllBytesAsync(FileOf(platform), Token);

        Assert.Equal([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1], content[..6]);
        Assert.Equal(processor, BitConverter.ToUInt16(content, 18));
        Assert.InRange(content.Length, 1, LargestForLinux);
    }

    [Theory]
    [InlineData("linux-amd64")]
    [InlineData("linux-arm64")]
    public async Task The_linux_files_need_the_glibc_that_the_page_states(string platform)
    {
        var content = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(FileOf(platform), Token));

        var needed = LibraryVersion().Matches(content).Max(match => System.Version.Parse(match.Groups[1].Value));

        Assert.Contains($"glibc {needed} or newer", Documents.Text);
    }

    [Theory]
    [InlineData("darwin-amd64", 0x01000007u)]
    [InlineData("darwin-arm64", 0x0100000cu)]
    public async Task The_darwin_files_are_for_their_processor_and_signed_ad_hoc(string platform, uint processor)
    {
        var content = await File.ReadAllBytesAsync(FileOf(platform), Token);

        var file = new MachOFile(content);

        Assert.Equal(processor, file.Processor);
        Assert.NotEqual(0, file.VerifySignature());
        // A byte of the code that is another one is found.
        content[content.Length / 2] ^= 1;
        Assert.ThrowsAny<Exception>(() => new MachOFile(content).VerifySignature());
    }

    [Fact]
    public async Task The_windows_file_is_for_its_processor_and_a_console()
    {
        await using var content = File.OpenRead(FileOf("windows-amd64.exe"));
        using var file = new PEReader(content);

        Assert.Equal(Machine.Amd64, file.PEHeaders.CoffHeader.Machine);
        Assert.Equal(PEMagic.PE32Plus, file.PEHeaders.PEHeader?.Magic);
        Assert.Equal(Subsystem.WindowsCui, file.PEHeaders.PEHeader?.Subsystem);
    }

    [Theory]
    [MemberData(nameof(Platforms))]
    public async Task No_file_names_a_folder_of_the_machine_that_built_it(string platform)
    {
        var content = await File.ReadAllBytesAsync(FileOf(platform), Token);
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? ".nuget/packages";
        string[] folders =
        [
            RealParts.WorkingTree, Path.GetFullPath(Documents.Locate(".")),
            $"{Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)}/", packages,
        ];

        foreach (var encoding in new[] { Encoding.UTF8, Encoding.Unicode })
            foreach (var folder in folders)
                Assert.True(content.AsSpan().IndexOf(encoding.GetBytes(folder)) < 0, $"{platform} names {folder}");
        // The search finds what is there.
        Assert.True(content.AsSpan().IndexOf(Encoding.Unicode.GetBytes("tracebloc")) >= 0);
    }

    [GeneratedRegex(@"GLIBC_(2\.\d+)\b")]
    private static partial Regex LibraryVersion();
}
