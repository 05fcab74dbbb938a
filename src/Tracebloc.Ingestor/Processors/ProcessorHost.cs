using Tracebloc.Processes;

namespace Tracebloc.Ingestor.Processors;

/// <summary>The machine that processors run on.</summary>
/// <param name="Python">The interpreter's file.</param>
/// <param name="Path">The folders in which a processor's own programs are looked up.</param>
/// <param name="Deadlines">The deadlines of a run.</param>
/// <param name="Time">The clock of the deadlines.</param>
internal sealed record ProcessorHost(string Python, string? Path, IngestorDeadlines Deadlines, TimeProvider Time)
{
    /// <summary>The machine with its interpreter; null where there is none.</summary>
    /// <param name="python">The one that the environment names; null: python3.</param>
    /// <param name="path">PATH.</param>
    /// <param name="deadlines">The deadlines of a run.</param>
    /// <param name="time">The clock of the deadlines.</param>
    public static ProcessorHost? Find(string? python, string? path, IngestorDeadlines deadlines, TimeProvider time) =>
        FindPython(python, path) is { } found ? new(found, path, deadlines, time) : null;

    /// <summary>Looks the interpreter up.</summary>
    /// <param name="python">The one that the environment names; null: python3.</param>
    /// <param name="path">PATH.</param>
    /// <returns>Null where there is none.</returns>
    public static string? FindPython(string? python, string? path) => ProgramPath.Find(python ?? "python3", path);

    /// <summary>The environment of a processor: none of this process's, which holds passwords and a token.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["PATH"] = Path ?? "/usr/local/bin:/usr/bin:/bin",
        ["LANG"] = "C.UTF-8",
        ["HOME"] = "/tmp",
        ["TMPDIR"] = "/tmp",
    };
}
