using Tracebloc.Hosting;

namespace Tracebloc.JobsManager;

/// <summary>The entry, as a class: for top-level statements ASP.NET makes a public one, which anyone may extend.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => ProgramEntry.Main(
        token => App.CommandLine().InvokeAsync(args, Console.Out, Console.Error, token), Fault.ExitCodeOf);
}
