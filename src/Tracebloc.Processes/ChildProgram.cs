namespace Tracebloc.Processes;

/// <summary>A program to run. Nothing secret is ever an argument.</summary>
/// <param name="File">The program's file.</param>
/// <param name="Arguments">Its arguments, one by one.</param>
/// <param name="Deadline">The longest that it may run.</param>
public sealed record ChildProgram(string File, IReadOnlyList<string> Arguments, TimeSpan Deadline)
{
    /// <summary>What is added to the environment of this process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>What it reads from standard input.</summary>
    public string Input { get; init; } = "";

    /// <summary>How much is kept of each of its outputs, in characters; the rest is read and dropped.</summary>
    public int MaxOutput { get; init; } = int.MaxValue;

    /// <summary>
    /// How long it has to end by itself once it was told to, at the deadline; without it is killed at once.
    /// </summary>
    public TimeSpan Grace { get; init; }
}

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">As it left it; what a signal leaves when it was ended.</param>
/// <param name="Output">Standard output; may hold secrets.</param>
/// <param name="Error">Standard error; may quote what is secret.</param>
/// <param name="InTime">Whether it ended by itself, before its deadline.</param>
public sealed record ChildResult(int ExitCode, string Output, string Error, bool InTime)
{
    public override string ToString() => $"exit code {ExitCode}";
}
