using System.Globalization;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Records;

/// <summary>Rollouts of the applied digest, in a row, that another writer undid.</summary>
/// <param name="Count">Undone rollouts; 0 after the first repair of a digest that had settled.</param>
/// <param name="To">The digest found in its place; null for none, and for a value that is no digest.</param>
internal sealed record Reversal(int Count, Digest? To)
{
    private const string NoDigest = "-";

    /// <summary>Reads what <see cref="ToString"/> gives; null where the text is something else.</summary>
    public static Reversal? Parse(string text)
    {
        if (text.Split(' ') is not [var number, var value] || RefreshAnnotations.ParseCount(number) is not { } count)
            return null;
        if (value == NoDigest)
            return new(count, null);
        return Digest.TryParse(value, out var digest) ? new(count, digest) : null;
    }

    public override string ToString() =>
        $"{Count.ToString(CultureInfo.InvariantCulture)} {To?.ToString() ?? NoDigest}";
}
