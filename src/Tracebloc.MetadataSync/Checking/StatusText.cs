using System.Globalization;
using System.Text;
using Tracebloc.Net;

namespace Tracebloc.MetadataSync.Checking;

/// <summary>The state of all kinds as a table for people.</summary>
internal static class StatusText
{
    private static readonly string[] Heads =
        ["KIND", "OBJECTS", "LIVE", "EVICTED", "DELETED", "ERRORS", "DIFFERENCES", "OLDEST UNSYNCED CHANGE"];

    public static string Of(IReadOnlyList<KindStatus> kinds)
    {
        var text = new StringBuilder();
        foreach (var line in Aligned([Heads, .. kinds.Select(Cells)]))
            text.Append(line).Append('\n');
        foreach (var kind in kinds.Where(kind => kind.Problem is not null))
            text.Append(CultureInfo.InvariantCulture, $"\n{kind.Kind.Name}: {Line.Whole(kind.Problem ?? "")}\n");
        var differing = kinds.Count(kind => kind.Differs);
        return text.Append(differing == 0
            ? "\nThe database equals the cluster.\n"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"\nThe database differs from the cluster in {differing} of {kinds.Count} kinds.\n")).ToString();
    }

    private static string[] Cells(KindStatus kind) =>
    [
        kind.Kind.Name,
        kind.IsInstalled ? Number(kind.Objects) : "-",
        .. ((long[])[kind.Live, kind.Evicted, kind.Deleted, kind.Errors]).Select(
            count => kind.Problem is null ? Number(count) : "-"),
        Differences(kind),
        kind.Oldest is { } oldest ? $"{oldest.Text} by {oldest.Source}" : "-",
    ];

    private static string Differences(KindStatus kind)
    {
        if (kind.Problem is not null) return "not comparable";
        if (!kind.IsInstalled) return "not installed";
        string[] parts =
        [
            .. Part(kind.WithoutRow, "without row"),
            .. Part(kind.WithoutObject, "without object"),
            .. Part(kind.Older, "older"),
            .. Part(kind.Newer, "newer"),
        ];
        return parts.Length == 0 ? "none" : string.Join(", ", parts);
    }

    private static IEnumerable<string> Part(long count, string name) => count == 0 ? [] : [$"{Number(count)} {name}"];

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    // Numbers end below each other; the kind and the words begin so.
    private static IEnumerable<string> Aligned(IReadOnlyList<string[]> rows)
    {
        int[] widths = [.. Heads.Select((_, column) => rows.Max(row => row[column].Length))];
        return rows.Select(row => string.Join(
            "  ",
            row.Select((cell, column) => column is > 0 and < 6
                ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }
}
