using Tracebloc.ModelUpload.Metadata;
using Tracebloc.ModelUpload.Options;

namespace Tracebloc.ModelUpload.Registering;

/// <summary>The checks that the intents share.</summary>
internal static class Checks
{
    /// <summary>Checks options and metadata, then connection and account.</summary>
    /// <exception cref="UploadException">One of them fails, and so nothing else can be checked.</exception>
    public static async Task<RegistryFindings> BeginAsync(
        ModelRegistryClient client, IntentSettings intent, ModelMetadata? metadata, CancellationToken cancellationToken)
    {
        var findings = new RegistryFindings(IntentNames.ProblemsOf(intent, metadata));
        await findings.ReadAsync(ProbeAsync(client, cancellationToken), cancellationToken);
        findings.ThrowIfAny();
        return findings;
    }

    /// <summary>The entry of an id; its absence is a problem.</summary>
    public static async Task<RegistryEntry?> GetAsync(
        ModelRegistryClient client,
        EntryKind kind,
        string id,
        RegistryFindings findings,
        CancellationToken cancellationToken)
    {
        var reading = client.GetAsync(kind, id, cancellationToken);
        var entry = await findings.ReadAsync(reading, cancellationToken);
        if (entry is null && reading.IsCompletedSuccessfully)
            findings.Add($"Model Registry {client.Server}: {kind.Title} {id} does not exist; correct its id");
        return entry;
    }

    private static async Task<RegistryEntry?> ProbeAsync(
        ModelRegistryClient client, CancellationToken cancellationToken)
    {
        await client.ProbeAsync(cancellationToken);
        return null;
    }
}
