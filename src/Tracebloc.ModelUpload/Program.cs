using Tracebloc.Hosting;
using Tracebloc.ModelUpload;

return await ProgramEntry.Main(token => App.RunAsync(args, Console.Out, Console.Error, token), Fault.ExitCodeOf);
