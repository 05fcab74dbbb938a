using Microsoft.Extensions.Logging;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh;

/// <summary>
/// What one tick asks the registries: each image once with the same credentials, and only those whose workload could be
/// read: of the others nothing is known. A workload waits for the answers about its own images, and for no other.
/// </summary>
internal sealed class Inquiry : IAsyncDisposable
{
    private readonly Dictionary<AskedImage, Task<Resolution>> _answers = [];
    private readonly List<Task> _calls = [];

    private Inquiry()
    {
    }

    public static Inquiry Start(
        RegistryClient registry,
        IReadOnlyList<WorkloadSighting> workloads,
        DateTimeOffset now,
        ILogger logger,
        CancellationToken token)
    {
        var inquiry = new Inquiry();
        var asked = new HashSet<AskedImage>();
        foreach (var workload in workloads.Where(workload => workload.Seen is not null))
        {
            foreach (var image in workload.Images.Where(image => image.Floats))
            {
                var question = workload.Question(image);
                asked.Add(question);
                // One workload's record of it is enough, whichever comes first.
                if (HeldOff(workload, image, now) is { } limited)
                    inquiry._answers.TryAdd(question, Task.FromResult(limited));
            }
        }
        asked.ExceptWith(inquiry._answers.Keys);
        foreach (var warning in workloads.SelectMany(workload => workload.Credentials.Warnings).Distinct())
            Log.PullSecretWarning(logger, warning);
        foreach (var group in asked.GroupBy(question => question.Credentials))
        {
            var client = group.Key is { } own ? registry.With(own) : registry;
            var answers = client.ResolveEach([.. group.Select(question => question.Image)], token);
            inquiry._calls.AddRange(answers);
            foreach (var (question, answer) in group.Zip(answers))
                inquiry._answers.Add(question, TellAsync(question, answer, logger, token));
        }
        return inquiry;
    }

    /// <summary>Waits for calls that were cancelled to end: what they are made with is disposed of next.</summary>
    public async ValueTask DisposeAsync() =>
        await Task.WhenAll(_calls).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>The workload's images with what their registries answered, once they have.</summary>
    public async Task<IReadOnlyList<ImageSighting>> SightAsync(WorkloadSighting workload, CancellationToken token)
    {
        var sightings = new List<ImageSighting>();
        foreach (var image in workload.Images)
            sightings.Add(workload.Sight(image, await AnswerAsync(workload.Question(image), token)));
        return sightings;
    }

    private async Task<Resolution?> AnswerAsync(AskedImage question, CancellationToken token)
    {
        if (!_answers.TryGetValue(question, out var answer))
            return null;
        try
        {
            return await answer.WaitAsync(token);
        }
        catch (OperationCanceledException)
        {
            return null; // Unasked, and so unresolved; whether the tick or the caller ended it is told at the end.
        }
    }

    private static async Task<Resolution> TellAsync(
        AskedImage question, Task<Resolution> answer, ILogger logger, CancellationToken token)
    {
        var resolution = await answer.WaitAsync(token);
        foreach (var warning in resolution.Warnings)
            Log.RegistryWarning(logger, question.Image.ToString(), warning);
        return resolution;
    }

    // A registry that named a time is not asked before it, by no tick: retrying keeps some limits from resetting
    // (docker/hub-feedback#2197).
    private static Resolution? HeldOff(WorkloadSighting workload, TrackedImage image, DateTimeOffset now)
    {
        var key = RefreshAnnotations.NotBefore(image.Name);
        if (workload.Seen?.Workload.Metadata.Annotations?.GetValueOrDefault(key) is not { } text
            || HoldOff.Parse(text) is not { } holdOff || !holdOff.Covers(image.Image, now))
            return null;
        return new Resolution
        {
            Verdict = Verdict.Limited,
            Message = $"{image.Image.Domain} asked not to be asked before {RefreshAnnotations.Time(holdOff.Until)}",
            RetryAt = holdOff.Until,
        };
    }
}
