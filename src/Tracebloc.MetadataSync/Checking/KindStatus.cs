using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Checking;

/// <summary>The state of one kind in the cluster and in the database.</summary>
internal sealed record KindStatus(Kind Kind)
{
    /// <summary>False where the cluster has no such kind: nothing differs.</summary>
    public bool IsInstalled { get; init; } = true;

    /// <summary>The reason for which the tables cannot be asked; null where they can.</summary>
    public string? Problem { get; init; }

    public long Objects { get; init; }

    public long Live { get; init; }

    public long Evicted { get; init; }

    public long Deleted { get; init; }

    /// <summary>Objects that the controller could not store.</summary>
    public long Errors { get; init; }

    public long WithoutRow { get; init; }

    public long WithoutObject { get; init; }

    public long Older { get; init; }

    public long Newer { get; init; }

    /// <summary>Null where no change is known to be missing.</summary>
    public UnsyncedChange? Oldest { get; init; }

    public bool Differs => Problem is not null || WithoutRow + WithoutObject + Older + Newer > 0;

    /// <summary>The same with one more difference.</summary>
    public KindStatus With(Difference difference, UnsyncedChange? change)
    {
        var added = this with { Oldest = UnsyncedChange.Earlier(Oldest, change) };
        return difference switch
        {
            Difference.WithoutRow => added with { WithoutRow = WithoutRow + 1 },
            Difference.WithoutObject => added with { WithoutObject = WithoutObject + 1 },
            Difference.Older => added with { Older = Older + 1 },
            Difference.Newer => added with { Newer = Newer + 1 },
            _ => this,
        };
    }
}
