using System.Text.Json;

namespace Tracebloc.ImageRefresh.Workloads;

/// <summary>
/// A <see cref="WorkloadEdit"/> as a strategic merge patch: containers and variables are merged by name, and
/// <c>metadata.resourceVersion</c> makes the API server answer 409 after a write in between.
/// </summary>
internal static class WorkloadPatch
{
    /// <summary>The annotation by which <c>kubectl rollout restart</c> marks a pod template.</summary>
    public const string RestartedAt = "kubectl.kubernetes.io/restartedAt";

    public static ReadOnlyMemory<byte> Write(WorkloadEdit edit, Workload seen)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteMetadata(json, edit, seen.Metadata.ResourceVersion);
            if (edit.ChangesTemplate)
                WriteTemplate(json, edit, seen.TemplatePath);
            json.WriteEndObject();
        }
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static void WriteMetadata(Utf8JsonWriter json, WorkloadEdit edit, string? resourceVersion)
    {
        json.WriteStartObject("metadata");
        json.WriteString("resourceVersion", resourceVersion);
        json.WriteStartObject("annotations");
        foreach (var (key, value) in edit.Annotations)
            json.WriteString(key, value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTemplate(Utf8JsonWriter json, WorkloadEdit edit, TemplatePath path)
    {
        foreach (var key in path.Keys)
            json.WriteStartObject(key);
        if (edit.RestartedAt is not null)
        {
            json.WriteStartObject("metadata");
            json.WriteStartObject("annotations");
            json.WriteString(RestartedAt, edit.RestartedAt);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        if (edit.Containers.Count > 0)
        {
            json.WriteStartObject("spec");
            WriteContainers(json, "containers", edit.Containers.Where(container => !container.IsInit));
            WriteContainers(json, "initContainers", edit.Containers.Where(container => container.IsInit));
            json.WriteEndObject();
        }
        foreach (var _ in path.Keys)
            json.WriteEndObject();
    }

    private static void WriteContainers(Utf8JsonWriter json, string list, IEnumerable<ContainerEdit> edits)
    {
        var byName = edits.GroupBy(edit => edit.Container).ToList();
        if (byName.Count == 0)
            return;
        json.WriteStartArray(list);
        foreach (var container in byName)
        {
            json.WriteStartObject();
            json.WriteString("name", container.Key);
            if (container.FirstOrDefault(edit => edit.Image is not null) is { } image)
                json.WriteString("image", image.Image);
            WriteVariables(json, [.. container.Select(edit => edit.Variable).OfType<KeyValuePair<string, string>>()]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteVariables(Utf8JsonWriter json, List<KeyValuePair<string, string>> variables)
    {
        if (variables.Count == 0)
            return;
        json.WriteStartArray("env");
        foreach (var (name, value) in variables)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("value", value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
