using System.Text.Json;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.Web;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>Objects and their metadata as answers.</summary>
internal static class ObjectAnswer
{
    private const string Meta = "meta.k8s.io/v1", Partial = "PartialObjectMetadata";

    public static Answer Object(StoredObject stored, Kind kind) =>
        JsonAnswer.Of(writer => writer.WriteRaw(ObjectText.Json(stored, kind)));

    public static Answer List(ObjectPage page, Kind kind, IReadOnlyList<string> skipped) => List(
        page,
        $"{kind.Name}List",
        kind.Type.ApiVersion,
        (writer, stored) => writer.WriteRaw(SkippedFields.Without(ObjectText.Json(stored, kind), skipped)));

    public static Answer Metadata(StoredObject stored, Kind kind) =>
        JsonAnswer.Of(writer => writer.WritePartial(stored, kind));

    public static Answer MetadataList(ObjectPage page, Kind kind) => List(
        page, $"{Partial}List", Meta, (writer, stored) => writer.WritePartial(stored, kind));

    /// <summary>An object that has metadata only.</summary>
    public static void WritePartial(this Utf8JsonWriter writer, StoredObject stored, Kind kind)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", Partial);
        writer.WriteString("apiVersion", Meta);
        writer.WritePropertyName("metadata");
        writer.WriteRaw(ObjectText.Metadata(ObjectText.Json(stored, kind)));
        writer.WriteEndObject();
    }

    private static Answer List(
        ObjectPage page, string kind, string apiVersion, Action<Utf8JsonWriter, StoredObject> write) =>
        JsonAnswer.Of(writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("kind", kind);
            writer.WriteString("apiVersion", apiVersion);
            writer.WriteListMetadata(page);
            writer.WriteStartArray("items");
            foreach (var stored in page.Objects)
                write(writer, stored);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
}
