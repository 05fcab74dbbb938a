using System.Text.Json;

namespace Tracebloc.Registry;

/// <summary>
/// Reads a list of referrers one entry at a time, so that a page of a megabyte takes no more memory than its bytes
/// (OCI distribution spec, listing referrers).
/// </summary>
internal static class ReferrerPage
{
    private const int MaxText = 256;

    /// <summary>Adds the entries, up to what is kept; returns the reason why it is no such list, or null.</summary>
    public static string? Read(ReadOnlySpan<byte> json, ReferrerCollector collector)
    {
        var index = 0;
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return "it is not a JSON object";
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                if (!JsonText.Is(ref reader, "manifests"))
                    reader.Skip();
                else if (!ReadEntries(ref reader, collector, ref index))
                    break;
            return null;
        }
        catch (JsonException)
        {
            return $"it cannot be read at $.manifests[{index}]";
        }
    }

    /// <summary>False when no further entry would be kept.</summary>
    private static bool ReadEntries(ref Utf8JsonReader reader, ReferrerCollector collector, ref int index)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return true; // Go's registries write null for an empty list
        Demand(ref reader, JsonTokenType.StartArray);
        for (; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            Demand(ref reader, JsonTokenType.StartObject);
            if (collector.IsFull)
            {
                collector.Cut();
                return false;
            }
            ReadEntry(ref reader, collector);
        }
        return true;
    }

    private static void ReadEntry(ref Utf8JsonReader reader, ReferrerCollector collector)
    {
        var (digest, type, annotation) = ((string?)null, (string?)null, (string?)null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            if (JsonText.Is(ref reader, "digest"))
                digest = Text(ref reader);
            else if (JsonText.Is(ref reader, "artifactType"))
                type = Text(ref reader);
            else if (JsonText.Is(ref reader, "annotations"))
                annotation = ReadAnnotation(ref reader, collector.Annotation);
            else
                reader.Skip();
        collector.Add(Digest.TryParse(digest, out var read) ? read : throw new JsonException(), type, annotation);
    }

    private static string? ReadAnnotation(ref Utf8JsonReader reader, string name)
    {
        string? value = null;
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        Demand(ref reader, JsonTokenType.StartObject);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            if (JsonText.Is(ref reader, name))
                value = Text(ref reader);
            else
                reader.Skip();
        return value;
    }

    /// <summary>Null for a value that is null; empty for a text that is longer than any that is wanted.</summary>
    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        Demand(ref reader, JsonTokenType.String);
        return reader.ValueSpan.Length <= MaxText ? JsonText.Of(ref reader) : "";
    }

    private static void Demand(ref Utf8JsonReader reader, JsonTokenType kind)
    {
        if (reader.TokenType != kind)
            throw new JsonException();
    }
}
