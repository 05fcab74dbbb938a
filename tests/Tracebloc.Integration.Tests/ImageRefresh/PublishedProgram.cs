using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.ImageRefresh;

/// <summary>The published native files.</summary>
internal static class PublishedProgram
{
    public static ChildProgram Start(
        IReadOnlyList<string> arguments, params (string Name, string Value)[] environment) =>
        StartFile(RealParts.ImageRefresh, arguments, environment);

    /// <summary>The same with the file of another program.</summary>
    public static ChildProgram StartFile(
        string? file, IReadOnlyList<string> arguments, params (string Name, string Value)[] environment) =>
        ChildProgram.Start(file ?? "", arguments, environment, TestContext.Current.CancellationToken);

    public static Task<ProgramResult> RunAsync(params string[] arguments) => Start(arguments).Result;

    /// <summary>
    /// The program for arm64, by QEMU. It trusts what its configuration names and not the system's authorities, which
    /// take an emulated processor seconds to read.
    /// </summary>
    public static Task<ProgramResult> RunOnArm64Async(params string[] arguments) =>
        RunFileOnArm64Async(RealParts.ImageRefreshForArm64, arguments);

    /// <summary>The same with the file of another program.</summary>
    public static Task<ProgramResult> RunFileOnArm64Async(string? file, params string[] arguments) => StartFile(
        "qemu-aarch64-static",
        ["-L", RealParts.Arm64Root ?? "", file ?? "", .. arguments],
        ("SSL_CERT_FILE", "/nonexistent"),
        ("SSL_CERT_DIR", "/nonexistent")).Result;
}
