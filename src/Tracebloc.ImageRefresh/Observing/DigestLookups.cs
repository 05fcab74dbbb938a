using Microsoft.Extensions.Logging;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>
/// The registry lookups of one tick: each image once per credentials, and only for workloads that could be read. A
/// workload waits for the answers about its own images only.
/// </summary>
internal sealed class DigestLookups : IAsyncDisposable
{
    private readonly Dictionary<LookupKey, Task<Fetched<Digest>>> _answers = [];
    private readonly List<Task> _calls = [];

    private DigestLookups()
    {
    }

    public static DigestLookups Start(
        RegistryClient registry,
        IReadOnlyList<WorkloadObservation> workloads,
        DateTimeOffset now,
        ILogger logger,
        CancellationToken token)
    {
        var lookups = new DigestLookups();
        var asked = new HashSet<LookupKey>();
        foreach (var workload in workloads.Where(workload => workload.Seen is not null))
        {
            foreach (var image in workload.Images.Where(image => image.Floats))
            {
                var question = workload.KeyOf(image);
                asked.Add(question);
                // One workload's record of it is enough, whichever comes first.
                if (HeldOff(workload, image, now) is { } limited)
                    lookups._answers.TryAdd(question, Task.FromResult(limited));
            }
        }
        asked.ExceptWith(lookups._answers.Keys);
        foreach (var warning in workloads.SelectMany(workload => workload.Credentials.Warnings).Distinct())
            Log.PullSecretWarning(logger, warning);
        foreach (var group in asked.GroupBy(question => question.Credentials))
        {
            var client = group.Key is { } own ? registry.With(own) : registry;
            var answers = client.ResolveEach([.. group.Select(question => question.Image)], token);
            lookups._calls.AddRange(answers);
            foreach (var (question, answer) in group.Zip(answers))
                lookups._answers.Add(question, SendAsync(question, answer, logger, token));
        }
        return lookups;
    }

    /// <summary>Waits for calls that were cancelled to end: what they are made with is disposed of next.</summary>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_calls).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>The workload's images with what their registries answered, once they have.</summary>
    public async Task<IReadOnlyList<ImageLookup>> LookUpAsync(WorkloadObservation workload, CancellationToken token)
    {
        var found = new List<ImageLookup>();
        foreach (var image in workload.Images)
            found.Add(workload.LookupOf(image, await AnswerAsync(workload.KeyOf(image), token)));
        return found;
    }

    private async Task<Fetched<Digest>?> AnswerAsync(LookupKey question, CancellationToken token)
    {
        if (!_answers.TryGetValue(question, out var answer))
            return null;
        try
        {
            return await answer.WaitAsync(token);
        }
        catch (OperationCanceledException)
        {
            return null; // Unasked, and so unresolved; the end of the tick shows who cancelled.
        }
    }

    private static async Task<Fetched<Digest>> SendAsync(
        LookupKey question, Task<Fetched<Digest>> answer, ILogger logger, CancellationToken token)
    {
        var resolution = await answer.WaitAsync(token);
        foreach (var warning in resolution.Warnings)
            Log.RegistryWarning(logger, question.Image.ToString(), warning);
        return resolution;
    }

    // A registry that named a time is not asked before it, by no tick: retrying keeps some limits from resetting
    // (docker/hub-feedback#2197).
    private static Fetched<Digest>? HeldOff(WorkloadObservation workload, TrackedImage image, DateTimeOffset now)
    {
        if (workload.Seen?.RecordOf(image).Record?.NotBefore is not { } holdOff || !holdOff.Covers(image.Image, now))
            return null;
        return holdOff.Refuse<Digest>();
    }
}
