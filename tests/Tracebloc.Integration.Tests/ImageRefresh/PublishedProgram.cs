using System.Text;
using CliWrap;
using Tracebloc.Testing;

namespace Tracebloc.Integration.Tests.ImageRefresh;

/// <summary>The published native file as an operator runs it, in an environment of what a test gives.</summary>
internal sealed class PublishedProgram
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly List<Canary> _secrets = [];
    private readonly string _arguments;
    private readonly CommandTask<CommandResult> _run;

    private PublishedProgram(
        string file, IReadOnlyList<string> arguments, (string Name, string Value)[] environment)
    {
        _arguments = string.Join(' ', arguments);
        _run = Cli.Wrap(file)
            .WithArguments(arguments)
            .WithStandardOutputPipe(PipeTarget.ToStringBuilder(_output))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(_error))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(
                start =>
                {
                    start.Environment.Clear();
                    foreach (var (name, value) in environment)
                        start.Environment[name] = value;
                },
                configureProcess: null,
                TestContext.Current.CancellationToken);
    }

    /// <summary>Completes when it has ended, in whatever way; fails where it let out a secret.</summary>
    public Task<ProgramResult> Result => ResultAsync();

    public static PublishedProgram Start(
        IReadOnlyList<string> arguments, params (string Name, string Value)[] environment) =>
        Start(RealParts.ImageRefresh ?? "", arguments, environment);

    /// <summary>The same with the file of another program.</summary>
    public static PublishedProgram StartFile(
        string? file, IReadOnlyList<string> arguments, params (string Name, string Value)[] environment) =>
        Start(file ?? "", arguments, environment);

    public static Task<ProgramResult> RunAsync(params string[] arguments) => Start(arguments).Result;

    /// <summary>
    /// The program for arm64, by QEMU. It trusts what its configuration names and not the system's authorities, which
    /// take an emulated processor seconds to read.
    /// </summary>
    public static Task<ProgramResult> RunOnArm64Async(params string[] arguments) =>
        RunFileOnArm64Async(RealParts.ImageRefreshForArm64, arguments);

    /// <summary>The same with the file of another program.</summary>
    public static Task<ProgramResult> RunFileOnArm64Async(string? file, params string[] arguments) => Start(
        "qemu-aarch64-static",
        ["-L", RealParts.Arm64Root ?? "", file ?? "", .. arguments],
        [("SSL_CERT_FILE", "/nonexistent"), ("SSL_CERT_DIR", "/nonexistent")]).Result;

    /// <summary>Names secrets that it must not let out, beside every <see cref="Canary"/>.</summary>
    public PublishedProgram Guarding(params IEnumerable<Canary> secrets)
    {
        _secrets.AddRange(secrets);
        return this;
    }

    public Task TerminateAsync() => Signal.TerminateAsync(_run.ProcessId);

    /// <summary>SIGKILL, and the wait until there is no such process.</summary>
    public async Task KillAsync()
    {
        await Signal.KillAsync(_run.ProcessId);
        await ResultAsync();
    }

    private static PublishedProgram Start(
        string file, IReadOnlyList<string> arguments, (string Name, string Value)[] environment) =>
        new(file, arguments, environment);

    private async Task<ProgramResult> ResultAsync()
    {
        var end = await _run.Task;
        var result = new ProgramResult(end.ExitCode, $"{_output}", $"{_error}");
        new LeakScan(_secrets)
            .Look("the command line", _arguments)
            .Look("standard output", result.Output)
            .Look("standard error", result.Error)
            .AssertNone();
        return result;
    }
}

internal sealed record ProgramResult(int ExitCode, string Output, string Error)
{
    /// <summary>Fails with all that the program said unless it ended with this code.</summary>
    public ProgramResult AssertExit(int code)
    {
        Assert.True(ExitCode == code, $"exit {ExitCode}, not {code}\n{Output}\n{Error}");
        return this;
    }
}
