using System.Text.Json;

namespace Tracebloc.Kubernetes;

/// <summary>Events of one namespace; needs the rights to create and to patch them, and no others.</summary>
/// <param name="client">The API server.</param>
/// <param name="namespace">The namespace.</param>
/// <param name="fieldManager">The name of the writer.</param>
public sealed class EventApi(KubernetesClient client, string @namespace, string fieldManager)
{
    // A patch of nothing gives the object as it is, and a Role need not grant get.
    private static readonly V1Patch Nothing = V1Patch.Merge("{}"u8.ToArray());

    /// <summary>Writes a new event.</summary>
    /// <exception cref="KubernetesException">409: an event of that name exists.</exception>
    public Task CreateAsync(KubernetesEvent value, CancellationToken token) => client.CreateAsync(
        KubernetesEvent.Type, @namespace, value, new CreateOptions { FieldManager = fieldManager },
        EventJson.Default.KubernetesEvent, token);

    /// <summary>One more of the same: of an event only its series may change.</summary>
    public async Task CountAsync(KubernetesEvent value, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(value);
        var name = value.Metadata.Name ?? "";
        var before = await PatchAsync(name, Nothing, token);
        var series = new EventSeries((before.Series?.Count ?? 1) + 1, value.EventTime ?? "");
        var patch = JsonSerializer.SerializeToUtf8Bytes(new EventPatch(series), EventJson.Default.EventPatch);
        await PatchAsync(name, V1Patch.Merge(patch), token);
    }

    private Task<KubernetesEvent> PatchAsync(string name, V1Patch patch, CancellationToken token) => client.PatchAsync(
        KubernetesEvent.Type, @namespace, name, patch, new PatchOptions { FieldManager = fieldManager },
        EventJson.Default.KubernetesEvent, token);
}
