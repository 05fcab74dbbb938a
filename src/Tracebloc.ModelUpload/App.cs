using System.Collections;
using Tracebloc.Hosting;
using Tracebloc.ModelUpload.Credentials;
using Tracebloc.ModelUpload.Verbs;

namespace Tracebloc.ModelUpload;

/// <summary>The only file that uses the real clock, environment and streams.</summary>
internal static class App
{
    public static Task<int> RunAsync(IReadOnlyList<string> args, CancellationToken token) =>
        UploadCommands.RunAsync(Process(), args, Console.Out, Console.Error, token);

    private static UploadProcess Process() => new(
        level => ProgramContext.OfProcess(UploadVerb.Name, level),
        Variables(),
        new MountedFiles(Environment.GetEnvironmentVariable("HOME")),
        Console.Error,
        Console.IsErrorRedirected ? null : Math.Max(20, Console.WindowWidth));

    private static Dictionary<string, string> Variables() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
}
