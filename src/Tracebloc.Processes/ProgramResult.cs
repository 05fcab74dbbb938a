namespace Tracebloc.Processes;

/// <summary>The end of a program.</summary>
/// <param name="ExitCode">The program's own; 128 and the signal's number when a signal ended it.</param>
/// <param name="Output">Standard output; may hold secrets.</param>
/// <param name="Error">Standard error; may quote secrets.</param>
/// <param name="InTime">True when it ended by itself, before its deadline.</param>
public sealed record ProgramResult(int ExitCode, string Output, string Error, bool InTime)
{
    /// <summary>The exit code alone: the outputs may hold secrets.</summary>
    public override string ToString() => $"exit code {ExitCode}";
}
