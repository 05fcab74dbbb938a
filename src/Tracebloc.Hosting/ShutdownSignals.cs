using System.Runtime.InteropServices;

namespace Tracebloc.Hosting;

/// <summary>
/// Turns the first SIGINT or SIGTERM into a cancelled token, so that what is under way ends in an orderly way. A second
/// signal is left to the system, which ends the process at once: a second Ctrl-C is meant.
/// </summary>
public sealed class ShutdownSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _exitCode;

    private ShutdownSignals() =>
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
        ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>
    /// The exit code of the signal: <see cref="ExitCodes.Interrupted"/> or <see cref="ExitCodes.Terminated"/>; null
    /// before any.
    /// </summary>
    public int? ExitCodeOfSignal => Volatile.Read(ref _exitCode) is var code and not 0 ? code : null;

    /// <summary>Listens from now until disposed.</summary>
    public static ShutdownSignals Listen() => new();

    /// <summary>Leaves signals to the system again.</summary>
    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _source.Dispose();
    }

    internal void OnSignal(PosixSignalContext context)
    {
        var code = context.Signal == PosixSignal.SIGINT ? ExitCodes.Interrupted : ExitCodes.Terminated;
        if (Interlocked.CompareExchange(ref _exitCode, code, 0) != 0) return;
        context.Cancel = true;
        _source.Cancel();
    }
}
