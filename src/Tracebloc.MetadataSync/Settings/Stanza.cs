using System.Globalization;
using Tracebloc.Configuration;

namespace Tracebloc.MetadataSync.Settings;

/// <summary>
/// A mapping of the file as the controller manager reads it: numbers are texts where texts are expected, and a number
/// or a duration of nothing means the default. No message repeats a secret.
/// </summary>
internal sealed class Stanza(ConfigurationReader reader)
{
    public ConfigurationReader Reader => reader;

    public bool Flag(string key) => reader.Boolean(key) ?? false;

    /// <summary>A text, also one that looks like a number; null when absent, and empty where it is empty.</summary>
    public string? Text(string key)
    {
        if (reader.Find(key) is not { } value) return null;
        if (value is ConfigurationNode.Scalar scalar) return scalar.Text;
        reader.Refuse(key, $"must be text, but is {value.Description}");
        return null;
    }

    /// <summary>A whole number; the default when it is absent or not above 0.</summary>
    public int Count(string key, int absent, int most = int.MaxValue)
    {
        if (reader.Find(key) is not { } value) return absent;
        if (value is not ConfigurationNode.Scalar { Type: ScalarType.Number } scalar
            || !int.TryParse(scalar.Text, CultureInfo.InvariantCulture, out var count))
            reader.Refuse(key, $"must be a whole number, but is {value.Description}");
        else if (count > most)
            reader.Refuse(key, $"must be at most {most}, but is {count}");
        else if (count > 0)
            return count;
        return absent;
    }

    /// <summary>A duration; null when it is absent, and zero where it is zero.</summary>
    public TimeSpan? Pause(string key) => IsZero(reader.Find(key)) ? TimeSpan.Zero : reader.Duration(key);

    /// <summary>A duration; the default when it is absent or zero.</summary>
    public TimeSpan Period(string key, TimeSpan absent) =>
        Pause(key) is { Ticks: > 0 } period ? period : absent;

    /// <summary>The mapping under a key whose keys are kinds.</summary>
    /// <param name="key">The key.</param>
    /// <param name="isKind">True for the name of a kind that is mirrored.</param>
    /// <param name="names">The names to suggest.</param>
    /// <param name="read">Reads the value of one kind; null where it is wrong.</param>
    public IReadOnlyDictionary<string, T> ByKind<T>(
        string key, Func<string, bool> isKind, IEnumerable<string> names, Func<Stanza, string, T?> read)
        where T : struct
    {
        var values = new Dictionary<string, T>(StringComparer.Ordinal);
        if (reader.Section(key) is not { } section) return values;
        foreach (var entry in section.Mapping.Entries)
            if (!isKind(entry.Key))
                section.Refuse(entry.Key, Suggestion.For(entry.Key, names) is { } meant
                    ? $"is no kind that is mirrored; did you mean {meant}?"
                    : "is no kind that is mirrored; write a kind as manifests do, or add it to kinds");
            else if (read(new Stanza(section), entry.Key) is { } value)
                values[entry.Key] = value;
        return values;
    }

    private static bool IsZero(ConfigurationNode? value) =>
        value is ConfigurationNode.Scalar scalar
        && scalar.Text.TrimEnd('n', 'u', 'm', 's', 'h') is { Length: > 0 } digits
        && decimal.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && number == 0;
}
