using CliWrap;

namespace Tracebloc.Testing;

/// <summary>Sends signals to child processes. .NET and CliWrap have no call for SIGTERM.</summary>
public static class Signal
{
    public static Task InterruptAsync(int process) => SendAsync("INT", process);

    public static Task TerminateAsync(int process) => SendAsync("TERM", process);

    public static Task KillAsync(int process) => SendAsync("KILL", process);

    /// <summary>Does nothing when the process has ended.</summary>
    private static async Task SendAsync(string signal, int process) =>
        await Cli.Wrap("sh")
            .WithArguments(["-c", $"kill -{signal} {process}"])
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync();
}
