using Microsoft.Extensions.Logging;
using Tracebloc.Configuration;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh.Applying;

/// <summary>Takes digests of one image out of quarantine, in one patch: the next tick may apply them.</summary>
internal sealed class QuarantineRelease(WorkloadApi api, ILogger logger)
{
    /// <param name="image">The image that has the quarantine.</param>
    /// <param name="digest">A digest or its beginning; null: all of them.</param>
    /// <param name="token">Ends it.</param>
    /// <returns>The released digests.</returns>
    /// <exception cref="ConfigurationException">The digest is not there, or the record cannot be read.</exception>
    public async Task<IReadOnlyList<QuarantineEntry>> ReleaseAsync(
        TrackedImage image, string? digest, CancellationToken token)
    {
        for (var conflicts = 0; ; conflicts++)
        {
            var workload = await api.GetAsync(image.Workload, token);
            var record = Read(image, workload);
            var released = Choose(image, record.Quarantine, digest);
            var changes = RefreshAnnotations.Changes(image.Name, record, record.Release(released)).ToDictionary();
            if (changes.Count == 0)
                return released;
            var edit = new WorkloadEdit { Annotations = changes };
            if (await api.TryPatchAsync(image.Workload, edit, workload, conflicts, token) is not null)
                return released;
            Log.Conflict(logger, image.Workload);
        }
    }

    private static RefreshRecord Read(TrackedImage image, Workload workload) =>
        WorkloadState.Of(workload, RolloutStatus.Of(image.Workload.Kind, workload), [image]).RecordOf(image) switch
        {
            RecordReading.Unreadable(var message) => throw new ConfigurationException($"{image.Workload}: {message}"),
            var reading => reading.Record ?? new(),
        };

    private static List<QuarantineEntry> Choose(TrackedImage image, Quarantine quarantine, string? digest)
    {
        if (digest is null)
            return [.. quarantine.Entries];
        var chosen = quarantine.Entries
            .Where(entry => entry.Digest.ToString().StartsWith(digest, StringComparison.Ordinal))
            .ToList();
        return chosen.Count == 1
            ? chosen
            : throw new ConfigurationException(
                $"--digest {digest}: {chosen.Count} of {image.Name}'s quarantined digests begin so; there are "
                + (quarantine.IsEmpty ? "none" : string.Join(", ", quarantine.Entries.Select(entry => entry.Digest))));
    }
}
