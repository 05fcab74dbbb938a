namespace Tracebloc.MetadataSync.Querying;

/// <summary>The operators of label selectors; <c>=</c> and <c>==</c> are In, <c>!=</c> is NotIn.</summary>
internal enum LabelOperator
{
    /// <summary>The object has the label, with one of the values.</summary>
    In,

    /// <summary>The object has the label with another value, or lacks it.</summary>
    NotIn,

    /// <summary>The object has the label.</summary>
    Exists,

    /// <summary>The object lacks the label.</summary>
    Absent,

    /// <summary>The label's value is a greater whole number.</summary>
    Greater,

    /// <summary>The label's value is a smaller whole number.</summary>
    Less,
}
