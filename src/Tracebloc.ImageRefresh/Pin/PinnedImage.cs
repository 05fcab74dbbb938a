using Tracebloc.ImageRefresh.Reporting;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Pin;

/// <summary>The result for one image, or the result that a run would have.</summary>
internal sealed record PinnedImage(PinTarget Target, PinOutcome Outcome)
{
    /// <summary>The registry's digest; null when it was not asked or did not answer.</summary>
    public Digest? Latest { get; init; }

    public string? Message { get; init; }

    /// <summary>The value to write into the file; null where the file stays as it is.</summary>
    public string? Value => Outcome switch
    {
        PinOutcome.Pinned or PinOutcome.Moved when Latest is not null => Target.Pinned(Latest),
        PinOutcome.Unpinned => Target.Unpinned,
        _ => null,
    };

    public static PinnedImage Without(PinTarget target) =>
        new(target, target.Held is null ? PinOutcome.NotPinned : PinOutcome.Unpinned);

    public static PinnedImage Of(PinTarget target, Fetched<Digest> answer, PinMode mode) =>
        new(target, OutcomeOf(target.Held, answer, mode == PinMode.Check))
        {
            Latest = answer.Value,
            Message = answer.Remark(),
        };

    private static PinOutcome OutcomeOf(Digest? held, Fetched<Digest> answer, bool isCheck) =>
        !answer.IsOk ? PinOutcome.Unresolved
        : held == answer.Value ? PinOutcome.Unchanged
        : held is null ? isCheck ? PinOutcome.NotPinned : PinOutcome.Pinned
        : isCheck ? PinOutcome.Stale : PinOutcome.Moved;
}
