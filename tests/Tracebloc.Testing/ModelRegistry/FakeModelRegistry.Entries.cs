using System.Text.Json.Nodes;

namespace Tracebloc.Testing.ModelRegistry;

/// <summary>The entries, as tests put them in and read them.</summary>
public sealed partial class FakeModelRegistry
{
    public IReadOnlyList<JsonObject> Models => Locked(() => _models.All);

    public IReadOnlyList<JsonObject> Versions => Locked(() => _versions.All);

    public IReadOnlyList<JsonObject> Artifacts => Locked(() => _artifacts.All);

    /// <summary>Adds a model of another's, with members in JSON; returns its id.</summary>
    public string AddModel(string json) => Add(_models, "", json);

    public string AddVersion(string modelId, string json) => Add(_versions, modelId, json);

    public string AddArtifact(string versionId, string json) => Add(_artifacts, versionId, json);

    /// <summary>Changes an artifact as another client does.</summary>
    public void PatchArtifact(string id, string json) =>
        Locked(() => _artifacts.Patch(int.Parse(id), JsonNode.Parse(json)!.AsObject()));

    private string Add(RegistryStore store, string parent, string json) => Locked(() =>
        (string)(store.Add(parent, JsonNode.Parse(json)!.AsObject())
            ?? throw new InvalidOperationException($"{json} is there already"))["id"]!);

    private T Locked<T>(Func<T> call)
    {
        lock (_gate)
            return call();
    }
}
