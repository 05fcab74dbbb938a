using Tracebloc.Cli;
using Tracebloc.Hosting;

return await ProgramEntry.Main(
    token => App.CommandLine().InvokeAsync(args, Console.Out, Console.Error, token),
    Fault.ExitCodeOf,
    (fault, exitCode) => App.Report(args, fault, exitCode, Console.Out));
