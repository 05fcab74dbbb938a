using System.Collections;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.ModelUpload.Credentials;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Verbs;

namespace Tracebloc.ModelUpload;

/// <summary>The only file that uses the real clock, environment and streams; it lists the verbs.</summary>
internal static class App
{
    private const string Name = "model-upload";

    public static async Task<int> RunAsync(
        IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken token)
    {
        var whole = OptionPrefixes.Expand(args, [.. OptionTable.All.Select(entry => entry.Flag)], out var fault);
        if (fault is null)
            return await CommandLine().InvokeAsync(whole, output, error, token);
        await error.WriteLineAsync($"{fault} See {Name} --help");
        return UploadExit.Usage;
    }

    public static CommandLineProgram CommandLine()
    {
        var process = new UploadProcess(
            level => ProgramContext.OfProcess(Name, level),
            Variables(),
            new MountedFiles(Environment.GetEnvironmentVariable("HOME")),
            Console.Error,
            Console.IsErrorRedirected ? null : Math.Max(20, Console.WindowWidth));
        var arguments = new OptionArguments();
        var upload = new UploadVerb(arguments, process);
        upload.Add(new PlanVerb(arguments, process));
        return CommandLineProgram.Of(upload, UploadExit.Table);
    }

    private static Dictionary<string, string> Variables() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
}
