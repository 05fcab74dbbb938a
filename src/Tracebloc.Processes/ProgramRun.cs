using System.Diagnostics;

namespace Tracebloc.Processes;

/// <summary>A program to run. Nothing secret is ever an argument.</summary>
/// <param name="File">The program's file; see <see cref="ProgramPath"/>.</param>
/// <param name="Arguments">Its arguments, one by one.</param>
/// <param name="Deadline">The longest that it may run.</param>
public sealed record ProgramRun(string File, IReadOnlyList<string> Arguments, TimeSpan Deadline)
{
    /// <summary>Variables that are added to the environment of this process.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>
    /// True: <see cref="Environment"/> is all of its environment. Default: it inherits this process's as well.
    /// </summary>
    public bool IsIsolated { get; init; }

    /// <summary>The text that it reads from standard input; may be secret.</summary>
    public string Input { get; init; } = "";

    /// <summary>The characters kept of each output; the rest is read and dropped.</summary>
    public int MaxOutput { get; init; } = int.MaxValue;

    /// <summary>
    /// The time between SIGTERM, at the deadline, and SIGKILL; zero: it is killed at once.
    /// </summary>
    public TimeSpan Grace { get; init; }

    /// <summary>The file alone: input and environment may be secret.</summary>
    public override string ToString() => File;

    internal void Isolate(ProcessStartInfo start)
    {
        start.Environment.Clear();
        foreach (var (name, value) in Environment) start.Environment[name] = value;
    }
}
