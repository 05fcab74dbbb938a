namespace Tracebloc.CommandLine;

/// <summary>
/// A script that completes a program's command line, made from its words: it never starts the program.
/// </summary>
public static class CompletionScript
{
    /// <summary>The script for a shell.</summary>
    /// <param name="shell">The shell.</param>
    /// <param name="program">The program with all its words.</param>
    public static string For(CompletionShell shell, WordSyntax program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return shell switch
        {
            CompletionShell.Bash => BashCompletion.Of(program),
            CompletionShell.Zsh => ZshCompletion.Of(program),
            CompletionShell.Fish => FishCompletion.Of(program),
            _ => PowerShellCompletion.Of(program),
        };
    }
}
