using System.Text.Json;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.Web;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>Objects as kubectl prints them; the kind's columns are those of <c>-o wide</c>.</summary>
/// <param name="kind">The kind.</param>
/// <param name="now">The time that ages count to.</param>
/// <param name="include">The object beside a row: <c>Object</c>, <c>Metadata</c>, which is the default, or
/// <c>None</c>.</param>
internal sealed class TableAnswer(Kind kind, DateTimeOffset now, string? include)
{
    private const int Always = 0, Wide = 1;

    /// <exception cref="QueryException">There is no such inclusion.</exception>
    public static string? Inclusion(string? include) => include is null or "Object" or "Metadata" or "None"
        ? include
        : throw QueryException.BadRequest($"includeObject \"{include}\" is none of None, Metadata and Object");

    public Answer Of(ObjectPage page) => JsonAnswer.Of(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("kind", "Table");
        writer.WriteString("apiVersion", "meta.k8s.io/v1");
        writer.WriteListMetadata(page);
        writer.WriteStartArray("columnDefinitions");
        Column(writer, "Name", "name", "The name of the object.", Always);
        Column(writer, "Age", "", "The time since the object was made.", Always);
        Column(writer, "Row", "", "Live in the cluster, Evicted to the database, or Deleted.", Always);
        foreach (var column in kind.Columns)
            Column(writer, column.Name, "", column.Path, Wide);
        writer.WriteEndArray();
        writer.WriteStartArray("rows");
        foreach (var stored in page.Objects)
            Row(writer, stored);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void Column(Utf8JsonWriter writer, string name, string format, string description, int priority)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("type", "string");
        writer.WriteString("format", format);
        writer.WriteString("description", description);
        writer.WriteNumber("priority", priority);
        writer.WriteEndObject();
    }

    private void Row(Utf8JsonWriter writer, StoredObject stored)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("cells");
        writer.WriteStringValue(stored.Position.Name);
        writer.WriteStringValue(KubernetesTime.Age(now - stored.CreatedAt));
        writer.WriteStringValue(StateFilter.Word(stored.IsDeleted, stored.IsEvicted));
        foreach (var cell in stored.Cells)
            writer.WriteStringValue(cell ?? "");
        writer.WriteEndArray();
        if (include != "None")
        {
            writer.WritePropertyName("object");
            if (include == "Object") writer.WriteRaw(ObjectText.Json(stored, kind));
            else writer.WritePartial(stored, kind);
        }

        writer.WriteEndObject();
    }
}
