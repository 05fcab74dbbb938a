using System.Text.Json;
using System.Text.Unicode;

namespace Tracebloc.Kubernetes;

/// <summary>Reads what it needs of objects in UTF-8, and leaves everything else unread.</summary>
internal static class ObjectBytes
{
    /// <summary>The decoder of Go, and so the API server, stops at 10,000 levels; .NET's own limit is 64.</summary>
    internal static JsonReaderOptions Deep { get; } = new() { MaxDepth = 10_100 };

    /// <summary>The identity that the metadata state; null when they lack a part of it, or cannot be read.</summary>
    /// <param name="json">An object, or the beginning of one.</param>
    internal static ObjectIdentity? Identity(ReadOnlySpan<byte> json)
    {
        string? uid = null, ns = null, name = null, version = null;
        try
        {
            var reader = Begin(json);
            if (!reader.Read() || !Enter(ref reader, "metadata"u8)) return null;
            if (reader.TokenType != JsonTokenType.StartObject) return null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isRead = reader.ValueTextEquals("uid"u8) ? Text(ref reader, ref uid)
                    : reader.ValueTextEquals("namespace"u8) ? Text(ref reader, ref ns)
                    : reader.ValueTextEquals("name"u8) ? Text(ref reader, ref name)
                    : reader.ValueTextEquals("resourceVersion"u8) ? Text(ref reader, ref version)
                    : reader.TrySkip();
                if (!isRead) break;
            }
        }
        catch (JsonException)
        {
            // What was read up to here may be enough.
        }

        return uid is { Length: > 0 } && name is { Length: > 0 } && version is not null
            ? new(uid, ns ?? "", name, version) : null;
    }

    /// <summary>True for the bookmark after the last object of a streamed list.</summary>
    /// <seealso href="https://kubernetes.io/docs/reference/using-api/api-concepts/#streaming-lists"/>
    internal static bool IsEndOfList(ReadOnlySpan<byte> bookmark)
    {
        var reader = Begin(bookmark);
        return reader.Read() && Enter(ref reader, "metadata"u8) && Enter(ref reader, "annotations"u8)
            && Enter(ref reader, "k8s.io/initial-events-end"u8) && reader.TokenType == JsonTokenType.String
            && reader.ValueTextEquals("true"u8);
    }

    /// <summary>The beginning of a document reads like a whole one until it ends.</summary>
    internal static Utf8JsonReader Begin(ReadOnlySpan<byte> json) => new(json, isFinalBlock: false, new(Deep));

    /// <summary>From the start of an object to the value of one of its members.</summary>
    internal static bool Enter(ref Utf8JsonReader reader, ReadOnlySpan<byte> member)
    {
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(member)) return reader.Read();
            if (!reader.TrySkip()) return false;
        }

        return false;
    }

    /// <summary>Reads a value; it stays null when it is no text.</summary>
    /// <returns>False at the end of what there is.</returns>
    internal static bool Text(ref Utf8JsonReader reader, ref string? text)
    {
        if (!reader.Read()) return false;
        text = TextOf(in reader) ?? text;
        return reader.TrySkip();
    }

    /// <summary>The value that was read; null when it is no text.</summary>
    internal static string? TextOf(in Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && IsUnicode(reader.ValueSpan) ? reader.GetString() : null;

    // GetString throws for bytes that are not UTF-8, and for halves of surrogate pairs, which escapes alone can be.
    private static bool IsUnicode(ReadOnlySpan<byte> value) => Utf8.IsValid(value)
        && value.IndexOf("\\ud"u8) < 0 && value.IndexOf("\\uD"u8) < 0;
}
