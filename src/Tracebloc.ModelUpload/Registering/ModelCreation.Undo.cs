using Tracebloc.ModelUpload.Options;

namespace Tracebloc.ModelUpload.Registering;

/// <summary>
/// The way back: an artifact is abandoned, its version and model are archived, as the API has no deletion.
/// </summary>
internal sealed partial class ModelCreation
{
    public override async Task UndoAsync(CancellationToken deadline)
    {
        if (_tried is null && (_observed is { IsEmpty: true } || _observed is { IsComplete: true }))
            return;
        if (_observed is { IsComplete: true } complete)
        {
            await Undoing.RunAsync(client, [.. Restoring(complete)], deadline);
            return;
        }

        var created = CreatedEntries.None;
        (string, Func<CancellationToken, Task>)[] steps =
        [
            ("the search for them", async token => created = await SearchAsync(token)),
            ("model artifact", token => MarkAsync(EntryKind.Artifact, created.Artifact, EntryState.Abandoned, token)),
            ("model version", token => MarkAsync(EntryKind.Version, created.Version, EntryState.Archived, token)),
            ("registered model", token => MarkModelAsync(created.Model, token)),
        ];
        await Undoing.RunAsync(client, steps, deadline);
    }

    // The answers to creations may be lost, and so their effects are looked for.
    private async Task<CreatedEntries> SearchAsync(CancellationToken deadline)
    {
        var model = CreatesModel
            ? Own(await client.FindAsync(EntryKind.Model, metadata.RegisteredModel?.Name ?? "", null, deadline))
            : await client.GetAsync(EntryKind.Model, intent.ModelId ?? "", deadline);
        var version = model is null ? null
            : Own(await client.FindAsync(EntryKind.Version, _versionName, model.Id, deadline));
        var artifact = version is null ? null
            : Own(await client.FindAsync(EntryKind.Artifact, ArtifactNameOf(model), version.Id, deadline));
        var found = new CreatedEntries(CreatesModel ? model : null, version, artifact);
        // A try that ended before its check had an answer: what an earlier one has finished stays.
        return _tried is null && found.IsComplete ? CreatedEntries.None : found;
    }

    private RegistryEntry? Own(RegistryEntry? entry) => entry is not null && _own.Contains(entry) ? entry : null;

    private async Task MarkAsync(EntryKind kind, RegistryEntry? entry, string state, CancellationToken deadline)
    {
        if (entry is { Id: { } id } && entry.State != state)
            await client.PatchAsync(kind, id, EntryPatch.State(kind, state), deadline);
    }

    // Others may have added versions to the model since; it is theirs too, then.
    private async Task MarkModelAsync(RegistryEntry? model, CancellationToken deadline)
    {
        if (model is not { Id: { } id } || model.State == EntryState.Archived)
            return;
        var versions = await client.VersionsAsync(id, deadline);
        if (versions.NextPageToken is null or "" && (versions.Items ?? []).All(_own.Contains))
            await MarkAsync(EntryKind.Model, model, EntryState.Archived, deadline);
    }

    // An earlier try has succeeded: its result stays, and what its user has archived since is archived again.
    private IEnumerable<(string, Func<CancellationToken, Task>)> Restoring(CreatedEntries before)
    {
        if (before.Artifact is { Id: { } id } artifact)
            yield return ($"model artifact {id}", token => RestoreAsync(artifact, id, token));
        if (before.Version?.State == EntryState.Archived)
            yield return ("model version", token => ArchiveAsync(EntryKind.Version, before.Version, token));
        if (before.Model?.State == EntryState.Archived)
            yield return ("registered model", token => ArchiveAsync(EntryKind.Model, before.Model, token));
    }

    private async Task RestoreAsync(RegistryEntry artifact, string id, CancellationToken deadline)
    {
        var snapshot = new ArtifactSnapshot(artifact, FailureState.Restored);
        if (await client.GetAsync(EntryKind.Artifact, id, deadline) is { } now
            && snapshot.ChangeBack(now, _tried) is { } body)
            await client.PatchAsync(EntryKind.Artifact, id, body, deadline);
    }

    private Task ArchiveAsync(EntryKind kind, RegistryEntry entry, CancellationToken deadline) =>
        client.PatchAsync(kind, entry.Id ?? "", EntryPatch.State(kind, EntryState.Archived), deadline);
}
