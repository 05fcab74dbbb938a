using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.Net;

namespace Tracebloc.MetadataSync.Objects;

/// <summary>Reads the objects of a kind from JSON, in one pass. Safe for concurrent use.</summary>
internal sealed class ObjectReader(Kind kind)
{
    // The decoder of the API server allows as many.
    private const int MostDepth = 10_000;

    private const int LongestCause = 200;

    private readonly PathNode _root = PathNode.Of(kind);

    /// <summary>Reads an object as the API server sent it; in a list it may lack its apiVersion and kind.</summary>
    /// <param name="json">
    /// The object alone. <see cref="SyncedObject.Json"/> is this memory, or a copy with what it lacked.
    /// </param>
    /// <param name="read">The object.</param>
    /// <param name="fault">The reason where it cannot be mirrored.</param>
    public bool TryRead(
        ReadOnlyMemory<byte> json,
        [NotNullWhen(true)] out SyncedObject? read, [NotNullWhen(false)] out ObjectFault? fault)
    {
        var draft = new ObjectDraft(kind);
        if (Utf8.IsValid(json.Span))
            Walk(json.Span, draft);
        else
            draft.Blame("", "is no UTF-8");
        return draft.TryFinish(Complete(json, draft), out read, out fault);
    }

    private void Walk(ReadOnlySpan<byte> json, ObjectDraft draft)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MostDepth });
        try
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.StartObject)
                ReadMembers(ref reader, _root, draft);
            else
                draft.Blame("", $"is {JsonText.TypeOf(ref reader)}, not an object");
            while (reader.Read())
                reader.Skip();
        }
        catch (JsonException malformed)
        {
            draft.Blame("", $"is malformed JSON: {Line.Of(malformed.Message, LongestCause)}");
        }
    }

    private static void ReadMembers(ref Utf8JsonReader reader, PathNode node, ObjectDraft draft)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var child = node.Child(ref reader);
            reader.Read();
            if (child is null)
                reader.Skip();
            else
                ReadValue(ref reader, child, draft);
        }
    }

    private static void ReadValue(ref Utf8JsonReader reader, PathNode node, ObjectDraft draft)
    {
        draft.Clear(node);
        draft.ReadColumns(ref reader, node);
        switch (node.Field)
        {
            case ObjectField.Labels or ObjectField.Annotations:
                ReadEntries(ref reader, node, draft);
                break;
            case ObjectField.Finalizers:
                ReadFinalizers(ref reader, node, draft);
                break;
            case not ObjectField.None:
                draft.ReadText(ref reader, node);
                reader.Skip();
                break;
            default:
                if (reader.TokenType == JsonTokenType.StartObject)
                    ReadMembers(ref reader, node, draft);
                else
                    reader.Skip();
                break;
        }
    }

    // A configuration may have columns made from labels.
    private static void ReadEntries(ref Utf8JsonReader reader, PathNode node, ObjectDraft draft)
    {
        if (IsOther(ref reader, JsonTokenType.StartObject, "an object", node, draft)) return;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var child = node.Child(ref reader);
            var key = JsonText.Read(ref reader);
            reader.Read();
            if (child is not null) draft.ReadColumns(ref reader, child);
            draft.ReadEntry(ref reader, node, key);
            reader.Skip();
        }
    }

    private static void ReadFinalizers(ref Utf8JsonReader reader, PathNode node, ObjectDraft draft)
    {
        if (IsOther(ref reader, JsonTokenType.StartArray, "an array", node, draft)) return;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            draft.ReadFinalizer(ref reader, node);
            reader.Skip();
        }
    }

    private static bool IsOther(
        ref Utf8JsonReader reader, JsonTokenType wanted, string wantedWord, PathNode node, ObjectDraft draft)
    {
        if (reader.TokenType == wanted) return false;
        if (reader.TokenType != JsonTokenType.Null)
            draft.Blame(node.Path, $"holds {JsonText.TypeOf(ref reader)}, not {wantedWord}");
        reader.Skip();
        return true;
    }

    private ReadOnlyMemory<byte> Complete(ReadOnlyMemory<byte> json, ObjectDraft draft)
    {
        var lacks = new StringBuilder();
        if (!draft.Has(ObjectField.ApiVersion)) lacks.Append($"\"apiVersion\":\"{kind.GroupVersion}\",");
        if (!draft.Has(ObjectField.Kind)) lacks.Append($"\"kind\":\"{kind.Name}\",");
        if (lacks.Length == 0) return json;
        var start = json.Span.IndexOf((byte)'{') + 1;
        return (byte[])[.. json.Span[..start], .. Encoding.UTF8.GetBytes(lacks.ToString()), .. json.Span[start..]];
    }
}
