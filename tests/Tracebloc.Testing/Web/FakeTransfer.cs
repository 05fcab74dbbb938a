using Tracebloc.Testing.Registry;

namespace Tracebloc.Testing.Web;

/// <summary>The faults of one answer.</summary>
public sealed record FakeTransfer
{
    /// <summary>The connection is closed after so many bytes of the body.</summary>
    public int? CutAt { get; init; }

    /// <summary>No byte comes after so many.</summary>
    public int? StallAt { get; init; }

    /// <summary>The part sent, and stated as such, starts so many bytes beside the asked one.</summary>
    public int Shift { get; init; }

    /// <summary>The length that is stated in place of the body's.</summary>
    public long? StatedLength { get; init; }

    /// <summary>The total in <c>Content-Range</c> in place of the file's length.</summary>
    public long? StatedTotal { get; init; }

    /// <summary>A range is answered with the whole.</summary>
    public bool IgnoresRange { get; init; }

    /// <summary>Another answer altogether.</summary>
    public FakeReply? Instead { get; init; }
}
