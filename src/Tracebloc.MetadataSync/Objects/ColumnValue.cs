using System.Globalization;
using System.Text.Json;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Objects;

/// <summary>The value of an indexed column.</summary>
internal static class ColumnValue
{
    // The place of the T in 2026-11-30T12:00:00Z.
    private const int LengthOfDate = 10;

    /// <summary>
    /// The value that the reader stands at as the column takes it: null, with a remark, for one of another type.
    /// </summary>
    public static object? Read(ref Utf8JsonReader reader, IndexedColumn column, out string? remark)
    {
        remark = null;
        if (reader.TokenType == JsonTokenType.Null) return null;
        var value = column.Type switch
        {
            ColumnType.Integer => Integer(ref reader),
            ColumnType.Flag => Flag(reader.TokenType),
            ColumnType.Time => TimeOf(ref reader) is { } time ? time : null,
            _ => reader.TokenType == JsonTokenType.String ? Cut(JsonText.Read(ref reader), column.Length) : null,
        };
        if (value is null)
            remark = $"{column.Path} holds {JsonText.TypeOf(ref reader)} that is {Wanted(column.Type)}; "
                + $"column {column.Name} is empty";
        return value;
    }

    /// <summary>A time by RFC 3339; null for all else.</summary>
    public static DateTimeOffset? TimeOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped || !IsWhole(reader.ValueSpan))
            return null;
        return reader.TryGetDateTimeOffset(out var time) ? time.ToUniversalTime() : null;
    }

    /// <summary>The start of a text, of so many characters as MySQL counts them: a surrogate pair is one.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        var (end, count) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            if (++count > length) return text[..end];
            end += rune.Utf16SequenceLength;
        }

        return text;
    }

    // The decoder accepts a date alone, and a time without an offset, which it takes for the machine's own.
    private static bool IsWhole(ReadOnlySpan<byte> text) => text.Length > LengthOfDate
        && text[LengthOfDate] == 'T'
        && (text[^1] == 'Z' || text[LengthOfDate..].IndexOfAny("+-"u8) >= 0);

    // JSON made from protobuf writes 64-bit integers as text.
    private static object? Integer(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.TryGetInt64(out var number) ? number : null,
        JsonTokenType.String => long.TryParse(
            JsonText.Read(ref reader), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number : null,
        _ => null,
    };

    private static object? Flag(JsonTokenType token) => token switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => null,
    };

    private static string Wanted(ColumnType type) => type switch
    {
        ColumnType.Integer => "no whole number of 64 bits",
        ColumnType.Flag => "no boolean",
        ColumnType.Time => "no time by RFC 3339",
        _ => "no text",
    };
}
