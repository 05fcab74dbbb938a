namespace Tracebloc.Ingestion.Specifications;

/// <summary>The part of a label that leaves the cluster.</summary>
public enum LabelPolicy
{
    /// <summary>The exact value.</summary>
    Passthrough,

    /// <summary>The index of its bin; the boundaries go with the data set's metadata.</summary>
    Bucket,
}
