using System.Text;

namespace Tracebloc.MetadataSync.Store;

/// <summary>The bytes of values in the text of a statement, as the driver sends them.</summary>
internal static class ValueSize
{
    // Numbers, times, NULL, and the quotes of texts.
    private const int Small = 48;

    public static int Of(IEnumerable<object?> values) => values.Sum(Of);

    public static int Of(object? value) => Small + value switch
    {
        string text => Encoding.UTF8.GetByteCount(text) + text.AsSpan().Count('\'') + text.AsSpan().Count('\\'),
        ReadOnlyMemory<byte> bytes =>
            bytes.Length + bytes.Span.Count((byte)'\'') + bytes.Span.Count((byte)'\\'),
        _ => 0,
    };
}
