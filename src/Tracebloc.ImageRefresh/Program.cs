using Tracebloc.Hosting;
using Tracebloc.ImageRefresh;

using var signals = ShutdownSignals.Listen();
try
{
    var code = await CommandLine.InvokeAsync(args, new Composition(), CommandLine.Console, signals.Token);
    return signals.ExitCodeOfSignal ?? code;
}
catch (OperationCanceledException) when (signals.ExitCodeOfSignal is { } code)
{
    return code;
}
catch (Exception exception)
{
    return ProgramFault.Report(exception, Console.Error);
}
