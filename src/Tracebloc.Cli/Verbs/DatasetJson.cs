using System.Text.Json.Serialization;
using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;
using Tracebloc.Ingestion.Submitting;

namespace Tracebloc.Cli.Verbs;

/// <summary><c>dataset list</c>.</summary>
internal sealed record DatasetListJson(
    string Status, int ExitCode, string Namespace, IReadOnlyList<DatasetReport> Datasets);

/// <summary><c>dataset show</c>.</summary>
internal sealed record DatasetShowJson(string Status, int ExitCode, string Namespace, DatasetReport Dataset);

/// <summary><c>dataset delete</c>: the loss, and the Job where one was started.</summary>
internal sealed record DatasetDeleteJson(string Status, int ExitCode, string Namespace, string Table)
{
    public string? Error { get; init; }

    public string? JobName { get; init; }

    public long Rows { get; init; }

    public long Bytes { get; init; }

    public long Files { get; init; }

    public int Runs { get; init; }
}

/// <summary><c>dataset status</c> of all runs.</summary>
internal sealed record RunListJson(string Status, int ExitCode, string Namespace, IReadOnlyList<RunReport> Runs);

/// <summary>One run: of <c>status</c>, <c>watch</c> and <c>cancel</c>.</summary>
internal sealed record RunStateJson(string Status, int ExitCode, string Namespace)
{
    public string? Error { get; init; }

    /// <summary>Absent where it was not seen.</summary>
    public RunReport? Run { get; init; }

    public static RunStateJson Of(Ending ending, string ns, RunReport? run, string? error = null) =>
        new(ending.Status, ending.ExitCode, ns) { Run = run, Error = error };
}

/// <summary><c>dataset logs</c>.</summary>
internal sealed record RunLogJson(
    string Status, int ExitCode, string Namespace, string Run, IReadOnlyList<string> Lines);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(DatasetListJson))]
[JsonSerializable(typeof(DatasetShowJson))]
[JsonSerializable(typeof(DatasetDeleteJson))]
[JsonSerializable(typeof(RunListJson))]
[JsonSerializable(typeof(RunStateJson))]
[JsonSerializable(typeof(RunLogJson))]
internal sealed partial class DatasetJsonContext : JsonSerializerContext
{
    public static DatasetJsonContext Readable => field ??= new(JsonText.Readable(Default.Options));
}
