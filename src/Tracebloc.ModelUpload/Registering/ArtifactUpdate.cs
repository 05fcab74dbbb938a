using Tracebloc.ModelUpload.Metadata;
using Tracebloc.ModelUpload.Options;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Registering;

/// <summary>Intent update_artifact: an artifact that exists gets the model's address.</summary>
internal sealed class ArtifactUpdate(ModelRegistryClient client, IntentSettings intent, ModelMetadata? metadata)
    : Registration
{
    private readonly string _id = intent.ArtifactIdOf(metadata) ?? "";
    private ArtifactSnapshot? _snapshot;
    private PublishedModel? _tried;
    private bool _hasBegun;

    public override async Task<RegistryObservation> CheckAsync(CancellationToken cancellationToken)
    {
        var findings = await Checks.BeginAsync(client, intent, metadata, cancellationToken);
        var artifact = await Checks.GetAsync(client, EntryKind.Artifact, _id, findings, cancellationToken);
        CheckArtifact(artifact, findings);
        var model = await OptionalAsync(EntryKind.Model, intent.ModelId, findings, cancellationToken);
        var version = await OptionalAsync(EntryKind.Version, intent.ModelVersionId, findings, cancellationToken);
        if (model is not null && version is { RegisteredModelId: { } parent } && parent != model.Id)
            findings.Warnings.Add($"Model version {version.Id} is of registered model {parent}, not of {model.Id}");
        findings.ThrowIfAny();
        _snapshot = artifact is null ? null : new ArtifactSnapshot(artifact, intent.OnFailure);
        return new RegistryObservation
        {
            Intent = intent.Kind,
            Model = model,
            Version = version,
            Artifact = artifact,
            Warnings = findings.Warnings,
            Calls =
            [
                $"PATCH {EntryKind.Artifact.Of(_id)} state={EntryState.Pending}",
                $"PATCH {EntryKind.Artifact.Of(_id)} state={EntryState.Live}",
            ],
        };
    }

    public override async Task BeginAsync(CancellationToken cancellationToken)
    {
        _hasBegun = true;
        var body = EntryPatch.State(EntryKind.Artifact, EntryState.Pending);
        await client.PatchAsync(EntryKind.Artifact, _id, body, cancellationToken);
    }

    public override async Task<RegisteredIds> FinishAsync(
        string uri, Digest? digest, CancellationToken cancellationToken)
    {
        // Read again: the properties of others are sent back, and the transfer took its time.
        var present = await client.GetAsync(EntryKind.Artifact, _id, cancellationToken);
        if (present is null || EntryState.IsGone(present.State))
            throw RegistryFault.Of(
                $"Model Registry {client.Server}: model artifact {_id} was deleted during the transfer");
        _tried = new PublishedModel(uri, digest);
        await client.PatchAsync(EntryKind.Artifact, _id, EntryPatch.Live(present, _tried), cancellationToken);
        return new RegisteredIds(intent.ModelId, intent.ModelVersionId, _id);
    }

    public override Task UndoAsync(CancellationToken deadline) => _hasBegun && _snapshot is { } snapshot
        ? Undoing.RunAsync(client, [("model artifact " + _id, token => UndoAsync(snapshot, token))], deadline)
        : Task.CompletedTask;

    private async Task UndoAsync(ArtifactSnapshot snapshot, CancellationToken deadline)
    {
        if (await client.GetAsync(EntryKind.Artifact, _id, deadline) is { } now
            && snapshot.ChangeBack(now, _tried) is { } body)
            await client.PatchAsync(EntryKind.Artifact, _id, body, deadline);
    }

    private void CheckArtifact(RegistryEntry? artifact, RegistryFindings findings)
    {
        if (EntryState.IsGone(artifact?.State))
            findings.Add($"Model artifact {_id} is {artifact?.State}; choose another --model-artifact-id");
        if (artifact?.ArtifactType is { } type && type != EntryPatch.ArtifactType)
            findings.Add(
                $"Artifact {_id} is a {type}, no {EntryPatch.ArtifactType}; choose another --model-artifact-id");
    }

    private async Task<RegistryEntry?> OptionalAsync(
        EntryKind kind, string? id, RegistryFindings findings, CancellationToken cancellationToken) =>
        id is null ? null : await Checks.GetAsync(client, kind, id, findings, cancellationToken);
}
