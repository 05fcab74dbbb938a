using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Tracebloc.ModelUpload.Models;

/// <summary>
/// A file's place within a model: relative, with slashes between segments; no segment is empty, <c>.</c> or <c>..</c>,
/// or longer than 255 bytes, and none holds a NUL. Ordered by UTF-8 bytes, as model signatures order their resources.
/// </summary>
internal sealed record ModelPath : IComparable<ModelPath>
{
    private const int LongestSegment = 255;

    private ModelPath(string text) => Text = text;

    public string Text { get; }

    /// <summary>The last segment.</summary>
    public string Name => Text[(Text.LastIndexOf('/') + 1)..];

    public IReadOnlyList<string> Segments => Text.Split('/');

    /// <summary>Reads <c>tok/config.json</c>; else the fault completes "The path … ".</summary>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out ModelPath? path, [NotNullWhen(false)] out string? fault)
    {
        fault = Fault(text);
        path = fault is null ? new ModelPath(text) : null;
        return path is not null;
    }

    public int CompareTo(ModelPath? other) =>
        other is null ? 1 : Encoding.UTF8.GetBytes(Text).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other.Text));

    public override string ToString() => Text;

    private static string? Fault(string text)
    {
        if (text.Length == 0)
            return "is empty";
        if (text.Contains('\0', StringComparison.Ordinal))
            return "holds a NUL";
        foreach (var segment in text.Split('/'))
        {
            if (segment.Length == 0)
                return text[0] == '/' ? "is absolute" : "has an empty segment";
            if (segment is "." or "..")
                return $"has the segment {segment}";
            if (Encoding.UTF8.GetByteCount(segment) > LongestSegment)
                return $"has a segment of more than {LongestSegment} bytes";
        }
        return null;
    }
}
