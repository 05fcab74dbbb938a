namespace Tracebloc.Ingestion.Labels;

/// <summary>The part of a row's label that may leave the cluster; <see cref="OutgoingLabels"/> makes it.</summary>
public readonly struct OutgoingLabel
{
    internal OutgoingLabel(string? text, int? bin) => (Text, Bin) = (text, bin);

    /// <summary>The exact value; null for a missing one, and with <see cref="Bin"/>.</summary>
    public string? Text { get; }

    /// <summary>The index of the bin, -1 for a missing value; null where the exact value leaves.</summary>
    public int? Bin { get; }
}
