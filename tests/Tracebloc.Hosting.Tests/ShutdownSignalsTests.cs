using System.Runtime.InteropServices;

namespace Tracebloc.Hosting.Tests;

public sealed class ShutdownSignalsTests
{
    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    public void The_first_signal_cancels_the_token_and_says_how_to_exit(PosixSignal signal, int exitCode)
    {
        using var signals = ShutdownSignals.Listen();
        Assert.Null(signals.ExitCodeOfSignal);
        Assert.True(Raise(signals, signal).Cancel);
        Assert.True(signals.Token.IsCancellationRequested);
        Assert.Equal(exitCode, signals.ExitCodeOfSignal);
    }

    [Fact]
    public void The_second_signal_is_left_to_the_system_and_changes_nothing()
    {
        using var signals = ShutdownSignals.Listen();
        Raise(signals, PosixSignal.SIGTERM);
        Assert.False(Raise(signals, PosixSignal.SIGINT).Cancel);
        Assert.Equal(ExitCodes.Terminated, signals.ExitCodeOfSignal);
    }

    private static PosixSignalContext Raise(ShutdownSignals signals, PosixSignal signal)
    {
        var context = new PosixSignalContext(signal);
        signals.OnSignal(context);
        return context;
    }
}
