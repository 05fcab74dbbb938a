using System.CommandLine;
using System.CommandLine.Help;
using Tracebloc.Hosting;

namespace Tracebloc.ImageRefresh;

/// <summary>The command line: seven commands and their options.</summary>
/// <remarks>Only the command that was named is built; all of them are for the help and for a wrong name.</remarks>
internal static partial class CommandLine
{
    private const string Name = "image-refresh";

    // Bundled letters and @response files are for other programs: an image may well begin with @.
    private static readonly ParserConfiguration Parsing = new()
    {
        EnablePosixBundling = false,
        ResponseFileTokenReplacer = null,
    };

    /// <summary>The console, opened only when something is written to it; exceptions are for the caller.</summary>
    public static InvocationConfiguration Console => new()
    {
        EnableDefaultExceptionHandler = false,
        ProcessTerminationTimeout = null,
    };

    /// <returns>The exit code; a mistake on the command line is <see cref="ExitCode.Usage"/> and one line.</returns>
    public static async Task<int> InvokeAsync(
        IReadOnlyList<string> args, ICommands commands, InvocationConfiguration console, CancellationToken token)
    {
        var result = Build(args, commands).Parse(args, Parsing);
        if (result.Errors.Count == 0) return await result.InvokeAsync(console, token);
        var command = result.CommandResult.Command.Name;
        var about = command == Name ? Name : $"{Name} {command}";
        await console.Error.WriteLineAsync(OneLine.Escape($"{GravestError(result)} See {about} --help"));
        return ExitCode.Usage;
    }

    // What was mistyped says more than what is missing because of it.
    private static string GravestError(ParseResult result) => result.Errors
        .Select(error => error.Message)
        .OrderByDescending(message => result.UnmatchedTokens.Any(stray => message.Contains($"'{stray}'")))
        .First();

    private static Command Build(IReadOnlyList<string> args, ICommands commands)
    {
        const string About = "Keeps Kubernetes workloads on the image that a floating tag stands for.";
        var root = new Command(Name, About) { Help() };
        switch (args.Count > 0 ? args[0] : null)
        {
            case "run": root.Add(Run(commands)); break;
            case "watch": root.Add(Watch(commands)); break;
            case "resolve": root.Add(Resolve(commands)); break;
            case "pin": root.Add(Pin(commands)); break;
            case "status": root.Add(Status(commands)); break;
            case "release": root.Add(Release(commands)); break;
            case "chart-upgrade": root.Add(ChartUpgrade(commands)); break;
            default:
                root.Add(new VersionOption());
                root.Add(Run(commands));
                root.Add(Watch(commands));
                root.Add(Resolve(commands));
                root.Add(Pin(commands));
                root.Add(Status(commands));
                root.Add(Release(commands));
                root.Add(ChartUpgrade(commands));
                break;
        }

        return root;
    }

    // A fixed width, so that the text is the same on every terminal and in the tests.
    private static HelpOption Help()
    {
        var help = new HelpOption("--help", "-h");
        help.Action = new HelpWithExamples((HelpAction)help.Action!) { Width = 110 };
        return help;
    }
}
