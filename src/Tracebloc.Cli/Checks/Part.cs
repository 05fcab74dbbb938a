using Tracebloc.Kubernetes;

namespace Tracebloc.Cli.Checks;

/// <summary>A part of what the cluster shows, or the fault that hides it.</summary>
/// <param name="Value">The part; null where there is a fault.</param>
/// <param name="Fault">The fault; null where there is none.</param>
internal sealed record Part<T>(T? Value, PartFault? Fault)
    where T : class
{
    /// <summary>Reads a part; a fault of the cluster does not keep others from being read.</summary>
    public static async Task<Part<T>> ReadAsync(Func<CancellationToken, Task<T>> read, CancellationToken token)
    {
        try
        {
            return new Part<T>(await read(token), null);
        }
        catch (Exception e) when (e is CliException or KubernetesException)
        {
            return new Part<T>(null, new PartFault(e.Message, Cli.Fault.ExitCodeOf(e)));
        }
    }
}

/// <summary>The fault of a part.</summary>
/// <param name="Message">The fault with its remedy.</param>
/// <param name="ExitCode">The exit code that it would end the program with.</param>
internal sealed record PartFault(string Message, int ExitCode);
