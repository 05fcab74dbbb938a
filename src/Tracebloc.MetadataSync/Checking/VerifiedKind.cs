using System.Globalization;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.Net;

namespace Tracebloc.MetadataSync.Checking;

/// <summary>The result of the comparison of one kind, object by object.</summary>
internal sealed record VerifiedKind(Kind Kind)
{
    public bool IsInstalled { get; init; } = true;

    /// <summary>The reason for which the tables cannot be asked; null where they can.</summary>
    public string? Problem { get; init; }

    public long Objects { get; init; }

    /// <summary>Objects and rows that differ.</summary>
    public long Differing { get; init; }

    public bool Differs => Problem is not null || Differing > 0;

    public string Text => Problem is not null ? $"{Kind.Name}: not comparable: {Line.Whole(Problem)}"
        : !IsInstalled ? $"{Kind.Name}: not installed"
        : string.Create(
            CultureInfo.InvariantCulture,
            $"{Kind.Name}: {Objects:N0} objects, {(Differing == 0 ? "no difference" : $"{Differing:N0} differ")}");
}
