using System.Globalization;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>Texts of callers as values of a column.</summary>
internal static class FieldValue
{
    private static readonly string[] Times =
        ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>A value as the database has it; a fault in words where the column can hold no such value.</summary>
    public static (object? Value, string? Fault) Of(Field field, string text) => field.Type switch
    {
        ColumnType.Text => (text, null),
        ColumnType.Integer when long.TryParse(
            text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number.ToString(CultureInfo.InvariantCulture) == text => (number, null),
        ColumnType.Integer => (null, $"{field.Path} is a whole number, and \"{text}\" is none"),
        ColumnType.Flag when text is "true" or "false" => (text == "true" ? 1L : 0L, null),
        ColumnType.Flag => (null, $"{field.Path} is true or false, and \"{text}\" is neither"),
        _ => OfTime(field, text),
    };

    private static (object? Value, string? Fault) OfTime(Field field, string text) => DateTimeOffset.TryParseExact(
        text, Times, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? (time.UtcDateTime, null)
        : (null, $"{field.Path} is a time, and \"{text}\" is none; write it as 2026-01-02T03:04:05Z");
}
