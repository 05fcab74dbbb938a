using System.Text.Json;

namespace Tracebloc.Registry;

/// <summary>
/// Texts and names under a reader. The framework's own calls throw InvalidOperationException for what is not Unicode,
/// which anybody can send.
/// </summary>
internal static class JsonText
{
    /// <summary>The text; null for null.</summary>
    /// <exception cref="NotUnicodeException">It is not Unicode.</exception>
    public static string? Of(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new NotUnicodeException();
        }
    }

    /// <summary>True when the reader is at this name or text.</summary>
    /// <exception cref="NotUnicodeException">It has escapes, and is not Unicode.</exception>
    public static bool Is(ref Utf8JsonReader reader, string text) =>
        reader.ValueIsEscaped ? Of(ref reader) == text : reader.ValueTextEquals(text);
}
