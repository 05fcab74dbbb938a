using Tracebloc.Ingestion.Reading;

namespace Tracebloc.Ingestion.Validation;

/// <summary>Validates records. All of a run are fed by one pass, one after the other on one thread.</summary>
public interface IRowValidator
{
    /// <summary>The name in messages: <c>NumericColumns</c>.</summary>
    string Name { get; }

    /// <summary>Looks at the columns, before any record.</summary>
    void Begin(RecordHeader header, Findings findings);

    /// <summary>Looks at some records; holds on to nothing of the batch.</summary>
    void Look(RecordBatch batch, Findings findings);

    /// <summary>Concludes, after the last record.</summary>
    void End(Findings findings);
}
