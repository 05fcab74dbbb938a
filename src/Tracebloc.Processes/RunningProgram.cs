using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Tracebloc.Processes;

/// <summary>A started program to watch and end. CliWrap owns the process and disposes it.</summary>
internal sealed partial class RunningProgram : IDisposable
{
    private const int Sigterm = 15;

    private readonly TaskCompletionSource _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Process? _process;

    public int Id { get; private set; }

    /// <summary>Called once, when the program has started.</summary>
    public void Watch(Process process)
    {
        (_process, Id) = (process, process.Id);
        process.Exited += (_, _) => _exit.TrySetResult();
        if (process.HasExited) _exit.TrySetResult();
    }

    /// <returns>False when the token was cancelled first.</returns>
    public async Task<bool> HasExitedAsync(CancellationToken token)
    {
        await _exit.Task.WaitAsync(token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _exit.Task.IsCompleted;
    }

    /// <summary>Asks the program to end. .NET has no call for it.</summary>
    public void Terminate()
    {
        // Once it has exited its id may be another program's.
        if (!OperatingSystem.IsWindows() && !_exit.Task.IsCompleted) _ = Signal(Id, Sigterm);
    }

    /// <summary>Kills the program with all its children.</summary>
    public void Kill()
    {
        try
        {
            if (!_exit.Task.IsCompleted) _process?.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has exited meanwhile.
        }
    }

    public void Dispose() => _exit.TrySetResult();

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
