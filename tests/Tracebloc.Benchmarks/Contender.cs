namespace Tracebloc.Benchmarks;

/// <summary>A command that does a scenario's job, or stands for the least that the job costs.</summary>
internal sealed record Contender(string Name, params IReadOnlyList<string> Command)
{
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Its standard input, made anew for each run: tokens live for a minute.</summary>
    public Func<string> Input { get; init; } = () => "";

    /// <summary>Prepares each run; not measured.</summary>
    public Func<CancellationToken, Task> Before { get; init; } = _ => Task.CompletedTask;

    /// <summary>Checks each run; not measured.</summary>
    public Action After { get; init; } = () => { };

    /// <summary>The milliseconds of the measured part, by its output; null for the wall time of the program.</summary>
    public Func<string, double>? Part { get; init; }
}
