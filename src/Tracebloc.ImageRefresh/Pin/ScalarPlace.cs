using System.Text;
using Tracebloc.Configuration;

namespace Tracebloc.ImageRefresh.Pin;

/// <summary>The position of a value in a file's text, and its quotes.</summary>
internal sealed record ScalarPlace(Range Extent, string Opening, string Closing)
{
    /// <returns>Null where the value is not written as it reads: escapes, several lines, an anchor.</returns>
    public static ScalarPlace? Of(ConfigurationNode.Scalar scalar, string text)
    {
        var written = text[scalar.Extent];
        if (scalar.Type == ScalarType.Null) return OfNull(scalar.Extent, text);
        var quote = scalar.IsPlain ? "" : written[..1];
        return written == $"{quote}{scalar.Text}{quote}" ? new(scalar.Extent, quote, quote) : null;
    }

    /// <summary>Puts a value into each place; every other character stays.</summary>
    public static string Fill(string text, IEnumerable<(ScalarPlace Place, string Value)> values)
    {
        var (filled, done) = (new StringBuilder(), 0);
        foreach (var (place, value) in values.OrderBy(entry => entry.Place.Extent.Start.Value))
        {
            filled.Append(text, done, place.Extent.Start.Value - done).Append(place.Written(value));
            done = place.Extent.End.Value;
        }

        return filled.Append(text, done, text.Length - done).ToString();
    }

    // A key without its colon, as {key} may stand in braces, has no room for a value.
    private static ScalarPlace? OfNull(Range extent, string text)
    {
        if (!extent.Start.Equals(extent.End)) return new(extent, "\"", "\"");
        var before = text.AsSpan(0, extent.Start.Value);
        if (before.EndsWith(':')) return new(extent, " \"", "\"");
        return before.TrimEnd(" \t").EndsWith(':') ? new(extent, "\"", "\"") : null;
    }

    // Without quotes nothing would be null, and the tag 1.30 a number once its digest is removed.
    private string Written(string value) =>
        Opening.Length == 0 && YamlRules.Go.TypeOf(value) != ScalarType.Text
            ? $"\"{value}\""
            : Opening + value + Closing;
}
