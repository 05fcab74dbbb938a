using Tracebloc.Hosting;

namespace Tracebloc.MetadataSync;

/// <summary>The entry. For top-level statements ASP.NET would make a public class.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) => ProgramEntry.Main(
        token => App.CommandLine().InvokeAsync(args, Console.Out, Console.Error, token), Fault.ExitCodeOf);
}
