using Tracebloc.Hosting;
using Tracebloc.ImageRefresh;

using var signals = ShutdownSignals.Listen();
try
{
    return await CommandLine.InvokeAsync(args, new Composition(), CommandLine.Console, signals.Token);
}
catch (OperationCanceledException) when (signals.ExitCodeOfSignal is { } code)
{
    return code;
}
catch (Exception exception)
{
    return ProgramFault.Report(exception, Console.Error);
}
