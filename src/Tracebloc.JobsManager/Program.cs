using Tracebloc.Hosting;
using Tracebloc.JobsManager;

return await ProgramEntry.Main(
    token => App.CommandLine().InvokeAsync(args, Console.Out, Console.Error, token), Fault.ExitCodeOf);
