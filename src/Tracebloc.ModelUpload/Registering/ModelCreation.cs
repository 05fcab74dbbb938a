using Tracebloc.ModelUpload.Metadata;
using Tracebloc.ModelUpload.Options;
using Tracebloc.Registry;

namespace Tracebloc.ModelUpload.Registering;

/// <summary>
/// Intents create_model and create_version. Nothing is created before the transfer is done, so that a transfer that
/// fails leaves nothing.
/// </summary>
internal sealed partial class ModelCreation(
    ModelRegistryClient client, IntentSettings intent, ModelMetadata metadata, RunIdentity run) : Registration
{
    private readonly OwnEntries _own = new(client, run.Key);
    private readonly string _versionName = intent.VersionNameOf(metadata);
    private CreatedEntries? _observed;
    private PublishedModel? _tried;

    private bool CreatesModel => intent.Kind == UploadIntent.CreateModel;

    public override async Task<RegistryObservation> CheckAsync(CancellationToken cancellationToken)
    {
        var findings = await Checks.BeginAsync(client, intent, metadata, cancellationToken);
        var model = CreatesModel
            ? await findings.ReadAsync(FindModelAsync(cancellationToken), cancellationToken)
            : await GivenModelAsync(findings, cancellationToken);
        var version = model is { Id: { } modelId }
            ? await findings.ReadAsync(
                _own.FindAsync(EntryKind.Version, _versionName, modelId, cancellationToken), cancellationToken)
            : null;
        var artifact = version is { Id: { } versionId }
            ? await findings.ReadAsync(
                _own.FindAsync(EntryKind.Artifact, ArtifactNameOf(model), versionId, cancellationToken),
                cancellationToken)
            : null;
        findings.ThrowIfAny();
        var observed = new CreatedEntries(CreatesModel ? model : null, version, artifact);
        _observed = observed;
        return new RegistryObservation
        {
            Intent = intent.Kind,
            Model = model,
            Version = version,
            Artifact = artifact,
            Warnings = findings.Warnings,
            Calls = [.. CallsOf(observed, model)],
        };
    }

    public override Task BeginAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override async Task<RegisteredIds> FinishAsync(
        string uri, Digest? digest, CancellationToken cancellationToken)
    {
        _tried = new PublishedModel(uri, digest);
        var model = await ModelAsync(cancellationToken);
        var modelId = model.Id ?? "";
        var version = await ReadyAsync(
            NewEntry.Version(metadata.ModelVersion ?? new(), _versionName, modelId, run), cancellationToken);
        var place = (ArtifactNameOf(model), version.Id ?? "");
        var artifact = await _own.EnsureAsync(
            NewEntry.Artifact(metadata.ModelArtifact ?? new(), place, _tried, run), cancellationToken);
        var id = artifact.Id ?? "";
        if (artifact.State != EntryState.Live || artifact.Uri != uri || !_tried.IsRecordedIn(artifact))
            await client.PatchAsync(EntryKind.Artifact, id, EntryPatch.Live(artifact, _tried), cancellationToken);
        return new RegisteredIds(modelId, version.Id, id);
    }

    private async Task<RegistryEntry> ModelAsync(CancellationToken cancellationToken)
    {
        if (CreatesModel)
            return await ReadyAsync(NewEntry.Model(metadata.RegisteredModel ?? new(), run), cancellationToken);
        return await client.GetAsync(EntryKind.Model, intent.ModelId ?? "", cancellationToken)
            ?? throw RegistryFault.Of(
                $"Model Registry {client.Server}: registered model {intent.ModelId} was deleted during the transfer");
    }

    // An earlier try that failed has archived what it had created.
    private async Task<RegistryEntry> ReadyAsync(NewEntry entry, CancellationToken cancellationToken)
    {
        var own = await _own.EnsureAsync(entry, cancellationToken);
        return own.State == EntryState.Archived
            ? await client.PatchAsync(
                entry.Kind, own.Id ?? "", EntryPatch.State(entry.Kind, EntryState.Live), cancellationToken)
            : own;
    }

    private Task<RegistryEntry?> FindModelAsync(CancellationToken cancellationToken) =>
        _own.FindAsync(EntryKind.Model, metadata.RegisteredModel?.Name ?? "", null, cancellationToken);

    private async Task<RegistryEntry?> GivenModelAsync(RegistryFindings findings, CancellationToken cancellationToken)
    {
        var id = intent.ModelId ?? "";
        if (metadata.RegisteredModel?.Id is { } other && other != id)
            findings.Warnings.Add($"Metadata RegisteredModel.id {other} is ignored: --model-id {id} counts");
        var model = await Checks.GetAsync(client, EntryKind.Model, id, findings, cancellationToken);
        if (model?.State == EntryState.Archived)
            findings.Warnings.Add($"Registered model {id} is archived, and so the new version will be hidden");
        return model;
    }

    private string ArtifactNameOf(RegistryEntry? model) =>
        metadata.ModelArtifact?.Name ?? (CreatesModel ? metadata.RegisteredModel?.Name : model?.Name) ?? _versionName;

    private static IEnumerable<string> CallsOf(CreatedEntries observed, RegistryEntry? model)
    {
        if (observed.Model is null && model is null)
            yield return $"POST {EntryKind.Model.Collection}";
        if (observed.Version is null)
            yield return $"POST {EntryKind.Version.Collection}";
        if (observed.Artifact is null)
            yield return $"POST {EntryKind.Version.Collection}/{{id}}/artifacts state={EntryState.Pending}";
        yield return $"PATCH {EntryKind.Artifact.Collection}/{observed.Artifact?.Id ?? "{id}"} state={EntryState.Live}";
    }
}
