using Tracebloc.Ingestion.Labels;

namespace Tracebloc.Ingestion.Validation;

/// <summary>A validator that concludes from the sorted values of a column; those of slices are merged.</summary>
internal interface IKeyed : IRowValidator
{
    KeySorter Keys { get; }
}
