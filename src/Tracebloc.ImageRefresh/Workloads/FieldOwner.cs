using System.Globalization;
using System.Text.Json;

namespace Tracebloc.ImageRefresh.Workloads;

/// <summary>
/// Names who last wrote the value that a refresh looks after, from <c>metadata.managedFields</c>
/// (kubernetes.io/docs/reference/using-api/server-side-apply/#field-management).
/// </summary>
internal static class FieldOwner
{
    /// <summary>The <c>fieldManager</c> of this worker's own writes.</summary>
    public const string Self = "tracebloc-image-refresh";

    public static string LastWriter(Workload workload, TemplateField field)
    {
        if (workload.Metadata.ManagedFields is not { ValueKind: JsonValueKind.Array } managers)
            return "an unknown manager";
        var path = workload.TemplatePath.Fields;
        // A removed field has no owner: then the last other manager of the pod template is the likeliest.
        var writer = Latest(managers, entry =>
                Owns(entry, [.. path, .. PathOf(field, false)]) || Owns(entry, [.. path, .. PathOf(field, true)]))
            ?? Latest(managers, entry => Text(entry, "manager") != Self && Owns(entry, path));
        return writer is { } found ? $"{Text(found, "manager")} at {Text(found, "time")}" : "an unknown manager";
    }

    /// <summary>True when another manager has changed the pod template after the given time.</summary>
    public static bool HasChangedTemplateSince(Workload workload, DateTimeOffset? time) =>
        workload.Metadata.ManagedFields is { ValueKind: JsonValueKind.Array } managers
        && managers.EnumerateArray().Any(entry => Text(entry, "manager") != Self
            && Owns(entry, workload.TemplatePath.Fields)
            && Time(Text(entry, "time")) > time);

    // Below the pod template.
    private static string[] PathOf(TemplateField field, bool isInit) => field switch
    {
        TemplateField.Variable(var container, var variable) =>
            [.. ContainerPath(container, isInit), "f:env", $$"""k:{"name":"{{variable}}"}"""],
        TemplateField.Image(var container) => [.. ContainerPath(container, isInit), "f:image"],
        _ => ["f:metadata", "f:annotations", $"f:{WorkloadPatch.RestartedAt}"],
    };

    private static string[] ContainerPath(string container, bool isInit) =>
        ["f:spec", isInit ? "f:initContainers" : "f:containers", $$"""k:{"name":"{{container}}"}"""];

    private static JsonElement? Latest(JsonElement managers, Func<JsonElement, bool> matches) => managers
        .EnumerateArray()
        .Where(matches)
        .OrderByDescending(entry => Time(Text(entry, "time")))
        .Select(entry => (JsonElement?)entry)
        .FirstOrDefault();

    private static bool Owns(JsonElement entry, IReadOnlyList<string> path)
    {
        if (!entry.TryGetProperty("fieldsV1", out var fields))
            return false;
        foreach (var step in path)
        {
            if (fields.ValueKind != JsonValueKind.Object || !fields.TryGetProperty(step, out fields))
                return false;
        }
        return true;
    }

    private static string? Text(JsonElement entry, string name) =>
        entry.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static DateTimeOffset Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : DateTimeOffset.MinValue;
}
