using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tracebloc.Kubernetes;

/// <summary>The texts of an Event, in the forms and lengths that the API server takes.</summary>
public static class EventText
{
    // Limits of the API server: pkg/apis/core/validation/events.go.
    private const int LongestNote = 1024;
    private const int LongestInstance = 128;

    // The name of an object has 253 characters at most, of which the hash and its dot take 17.
    private const int LongestSubject = 200;

    /// <summary>A note of at most 1,024 bytes: of a longer one the beginning, without a half of a letter.</summary>
    public static string Note(string text) => Beginning(text, LongestNote, Encoding.UTF8.GetByteCount);

    /// <summary>The name of a reporting instance, of at most 128 characters.</summary>
    public static string Instance(string text) => Beginning(text, LongestInstance, part => part.Length);

    /// <summary>A MicroTime, which the API server reads with six decimals and no others.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>
    /// The name of an Event: equal for equal parts, so that a repetition is found without the right to list.
    /// </summary>
    /// <param name="subject">The name of the object that it is about.</param>
    /// <param name="parts">All that tells it from other Events of that object.</param>
    public static string Name(string subject, params IReadOnlyList<string?> parts)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
        return $"{subject[..Math.Min(subject.Length, LongestSubject)]}.{Convert.ToHexStringLower(hash)[..16]}";
    }

    private static string Beginning(string text, int most, Func<string, int> length)
    {
        ArgumentNullException.ThrowIfNull(text);
        // No letter takes less than one unit of either length.
        var part = text[..Math.Min(text.Length, most)];
        while (length(part) > most || EndsInHalf(part)) part = part[..^1];
        return part;
    }

    private static bool EndsInHalf(string text) => text is [.., var last] && char.IsHighSurrogate(last);
}
