namespace Tracebloc.Signatures;

/// <summary>
/// While a key or authority was in use, both ends included (TimeRange of sigstore's protobuf-specs). What is still in
/// use has no end.
/// </summary>
internal sealed record ValidityPeriod
{
    public static readonly ValidityPeriod Always = new() { Start = DateTimeOffset.MinValue };

    public required DateTimeOffset Start { get; init; }

    public DateTimeOffset? End { get; init; }

    public bool Covers(DateTimeOffset time) => time >= Start && (End is null || time <= End);
}
