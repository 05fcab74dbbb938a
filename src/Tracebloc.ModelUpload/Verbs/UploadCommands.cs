using Tracebloc.CommandLine;
using Tracebloc.ModelUpload.Options;

namespace Tracebloc.ModelUpload.Verbs;

/// <summary>The command line: a run without a word, and the verbs below it by the same options.</summary>
internal static class UploadCommands
{
    public static async Task<int> RunAsync(
        UploadProcess process, IReadOnlyList<string> args, TextWriter output, TextWriter error, CancellationToken token)
    {
        var whole = OptionPrefixes.Expand(args, [.. OptionTable.All.Select(entry => entry.Flag)], out var fault);
        if (fault is null)
            return await Of(process).InvokeAsync(whole, output, error, token);
        await error.WriteLineAsync($"{fault} See {UploadVerb.Name} --help");
        return UploadExit.Usage;
    }

    public static CommandLineProgram Of(UploadProcess process)
    {
        var arguments = new OptionArguments();
        var upload = new UploadVerb(arguments, process);
        upload.Add(new PlanVerb(arguments, process));
        return CommandLineProgram.Of(upload, UploadExit.Table);
    }
}
