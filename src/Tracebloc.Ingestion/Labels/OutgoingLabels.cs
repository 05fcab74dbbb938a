using System.Text;
using Tracebloc.Ingestion.Columns;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestion.Labels;

/// <summary>Applies a label's policy.</summary>
public sealed class OutgoingLabels
{
    private readonly SqlType _type;
    private readonly BinBoundaries? _boundaries;

    /// <summary>A policy for the rows of one run.</summary>
    /// <param name="label">The label and its policy.</param>
    /// <param name="type">The type of its column.</param>
    /// <param name="boundaries">The bins; needed by the policy bucket alone.</param>
    /// <exception cref="ArgumentException">The policy is bucket, and there are no bins.</exception>
    public OutgoingLabels(LabelSpecification label, SqlType type, BinBoundaries? boundaries)
    {
        ArgumentNullException.ThrowIfNull(label);
        if (label.Policy == LabelPolicy.Bucket && boundaries is null)
            throw new ArgumentException("The policy bucket needs boundaries.", nameof(boundaries));
        (_type, _boundaries) = (type, label.Policy == LabelPolicy.Bucket ? boundaries : null);
    }

    /// <summary>The part of a value that may leave the cluster.</summary>
    /// <param name="isNull">True for a missing value.</param>
    /// <param name="value">The canonical text otherwise, see <see cref="CellOutput"/>.</param>
    public OutgoingLabel Of(bool isNull, ReadOnlySpan<byte> value) => (_boundaries, isNull) switch
    {
        (null, true) => new(null, null),
        (null, false) => new(Encoding.UTF8.GetString(value), null),
        (_, true) => new(null, BinBoundaries.Missing),
        ({ } boundaries, false) => new(null, boundaries.IndexOf(LabelKey.Of(_type, value))),
    };
}
