namespace Tracebloc.Ingestion.Specifications;

/// <summary>The label that a category demands.</summary>
public enum LabelRule
{
    /// <summary>A column; its policy defaults to <see cref="LabelPolicy.Passthrough"/>.</summary>
    Required,

    /// <summary>A column and a policy: the values are targets, so their owner chooses what leaves.</summary>
    RequiredWithPolicy,

    /// <summary>None: the category learns from the files alone.</summary>
    Forbidden,
}
