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
}
