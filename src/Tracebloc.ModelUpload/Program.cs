using Tracebloc.Hosting;
using Tracebloc.ModelUpload;

return await ProgramEntry.Main(token => App.RunAsync(args, token), Fault.ExitCodeOf);
