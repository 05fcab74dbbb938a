using Tracebloc.Ingestor.Running;
using Tracebloc.Ingestor.Tables;

namespace Tracebloc.Ingestor.Tests;

/// <summary>A run, of which tests change what they are about.</summary>
internal static class SomeRun
{
    public static RunRecord Record { get; } = new()
    {
        Key = "own",
        Table = "houses",
        Intent = "train",
        SpecDigest = "digest",
        SourceMark = "mark",
        IngestorId = "id",
        Phase = RunPhase.Loading,
    };

    /// <summary>The observation of its first attempt where nothing is there yet but the source.</summary>
    public static RunObservation Observation { get; } = new()
    {
        Key = Record.Key,
        Table = Record.Table,
        Intent = Record.Intent,
        SpecDigest = Record.SpecDigest,
        SourceMark = Record.SourceMark,
        HasFiles = false,
    };
}
