using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Records that cannot be read: ragged rows, bytes that are no text.</summary>
internal static class ReadingFindings
{
    public const string Name = "Reading";

    /// <summary>Adds the faults of a batch.</summary>
    public static void AddTo(Findings findings, RecordHeader header, RecordBatch batch)
    {
        foreach (var fault in batch.Faults) findings.Add(Of(header.File, fault));
        findings.AddUnnamed(batch.FaultCount - batch.Faults.Count);
    }

    public static Finding Of(string file, ReadingFault fault) =>
        new(file, fault.Line, fault.Column, null, fault.Message);
}
