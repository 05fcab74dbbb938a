namespace Tracebloc.ModelUpload.Registering;

/// <summary>The entries that this run, or an earlier try of it, created. They hold the run's key.</summary>
internal sealed class OwnEntries(ModelRegistryClient client, string runKey)
{
    // A name that is taken and not found at once is not found later either.
    private const int MostConflicts = 3;

    public bool Contains(RegistryEntry entry) => entry.Text(PropertyMap.Run) == runKey;

    /// <summary>This run's entry of a name; null where the name is free.</summary>
    /// <exception cref="UploadException">The name belongs to another's entry.</exception>
    public async Task<RegistryEntry?> FindAsync(
        EntryKind kind, string name, string? parentId, CancellationToken cancellationToken)
    {
        var found = await client.FindAsync(kind, name, parentId, cancellationToken);
        return found is null || Contains(found) ? found : throw Conflict(kind, found, name);
    }

    /// <summary>
    /// This run's entry, created unless it is there. After an unclear fault the next attempt looks for it first.
    /// </summary>
    /// <exception cref="UploadException">The name belongs to another's entry, or no attempt succeeded.</exception>
    public async Task<RegistryEntry> EnsureAsync(NewEntry entry, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await FindAsync(entry.Kind, entry.Name, entry.ParentId, cancellationToken) is { } found)
                return found;
            try
            {
                if (await client.CreateAsync(entry.Path, entry.Body, cancellationToken) is { } created)
                    return created;
                if (attempt >= MostConflicts)
                    throw Unclear(entry);
            }
            catch (UploadException e) when (e.IsTransient && attempt < ModelRegistryClient.Attempts)
            {
                await client.PauseAsync(attempt, e.RetryAfter, cancellationToken);
            }
        }
    }

    private UploadException Conflict(EntryKind kind, RegistryEntry found, string name)
    {
        var remedy = kind == EntryKind.Model
            ? $"choose another RegisteredModel.name, or add a version by create_version with --model-id {found.Id}"
            : kind == EntryKind.Version ? "choose another ModelVersion.name" : "choose another ModelArtifact.name";
        return RegistryFault.Of(
            $"Model Registry {client.Server}: {kind.Title} \"{name}\" exists with id {found.Id}; {remedy}");
    }

    private UploadException Unclear(NewEntry entry) => RegistryFault.Of(
        $"Model Registry {client.Server}: {entry.Kind.Title} \"{entry.Name}\" was refused as a duplicate (409), "
        + "and no entry of the name is found; choose another name");
}
