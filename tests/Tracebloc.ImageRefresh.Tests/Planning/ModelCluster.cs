using System.Globalization;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Observing;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Tests.Planning;

/// <summary>
/// A Deployment and its controller as plain values: patches change it, template changes roll its pods, and a rollout
/// settles exactly when every digest that the new pods run is healthy.
/// </summary>
internal sealed class ModelCluster(Func<Digest, bool> isHealthy, Digest served)
{
    private readonly Stack<PodTemplate> _history = [];

    public Workload Workload { get; private set; } = Some.Workload();

    /// <summary>The digest of the tag that unpinned pods pull.</summary>
    public Digest Served { get; set; } = served;

    /// <summary>The digest that the present pods have pulled.</summary>
    public Digest Pulled { get; private set; } = served;

    public int Rollouts { get; private set; }

    /// <summary>A CronJob, whose template is all that is seen of it.</summary>
    public bool IsOfCronJob { get; init; }

    public bool IsSettled => IsOfCronJob
        || (isHealthy(Pulled) && (LiveDigest is not { } live || isHealthy(live)));

    public Digest? LiveDigest => Digest.TryParse(LiveText, out var digest) ? digest : null;

    /// <summary>Of the variable or of the second container's image, whichever a digest was put into.</summary>
    public string? LiveText => VariableOf(Workload.Spec.Template) ?? PinOf(SecondImageOf(Workload.Spec.Template));

    public WorkloadState Observe(IEnumerable<TrackedImage> images) =>
        Some.Seen(Workload, IsOfCronJob ? RolloutStatus.NextJob
            : IsSettled ? RolloutStatus.Settled
            : RolloutStatus.Failed("unhealthy"), images);

    public void Patch(WorkloadEdit edit) => Become(Apply(Workload, edit));

    /// <summary>Sets the digest where the image's action does, or removes it, as an operator would.</summary>
    public void SetDigest(TrackedImage image, Digest? digest) => Become(image.Action is RefreshAction.SetImage
        ? Workload.Change("web", container => container with
        {
            Image = digest is { } other ? image.Image.At(other) : image.Image.ToString(),
        })
        : Workload.WithEnv(digest?.ToString()));

    public void SetAnnotation(string key, string? value) => Workload = Apply(
        Workload, new() { Annotations = new Dictionary<string, string?> { [key] = value } });

    public void Undo()
    {
        if (_history.TryPop(out var template))
            Become(Workload.WithTemplate(template), remember: false);
    }

    /// <summary>A container starts again, and pulls what its tag stands for now.</summary>
    /// <returns>Whether that is something else.</returns>
    public bool StartAgain()
    {
        var before = Pulled;
        Pulled = PulledBy(Workload.Spec.Template);
        return Pulled != before;
    }

    public void SetImage(string image) =>
        Become(Workload.Change("api", container => container with { Image = image }));

    /// <summary>Puts into <c>managedFields</c> who changed the pod template, and when.</summary>
    public void NoteManager(string manager, DateTimeOffset time) => Workload = Workload.WithManager(manager, time);

    public static Workload Apply(Workload workload, WorkloadEdit edit)
    {
        var annotations = new Dictionary<string, string>(
            workload.Metadata.Annotations ?? new Dictionary<string, string>());
        foreach (var (key, value) in edit.Annotations)
        {
            if (value is null)
                annotations.Remove(key);
            else
                annotations[key] = value;
        }
        var changed = edit.Containers.Aggregate(workload, (w, change) => w.Change(change.Container, container =>
            change.Image is not null
                ? container with { Image = change.Image }
                : container with
                {
                    Env = [new() { Name = change.Variable!.Value.Key, Value = change.Variable.Value.Value }],
                }));
        if (edit.RestartedAt is { } at)
            changed = changed.WithRestartMark(DateTimeOffset.Parse(at, CultureInfo.InvariantCulture));
        return changed with { Metadata = changed.Metadata with { Annotations = annotations } };
    }

    private void Become(Workload next, bool remember = true)
    {
        var before = Workload.Spec.Template;
        if (!SameTemplate(before, next.Spec.Template))
        {
            Rollouts++;
            Pulled = PulledBy(next.Spec.Template);
            if (remember)
                _history.Push(before);
        }
        Workload = next;
    }

    private Digest PulledBy(PodTemplate template) =>
        PinOf(ImageOf(template)) is { } pin ? Digest.Parse(pin) : Served;

    private static bool SameTemplate(PodTemplate a, PodTemplate b) =>
        Mark(a) == Mark(b) && ImageOf(a) == ImageOf(b) && SecondImageOf(a) == SecondImageOf(b)
        && VariableOf(a) == VariableOf(b);

    private static string? VariableOf(PodTemplate template) => template.Spec.Containers[0].Env?[0].Value;

    private static string ImageOf(PodTemplate template) => template.Spec.Containers[0].Image ?? "";

    private static string SecondImageOf(PodTemplate template) => template.Spec.Containers[1].Image ?? "";

    private static string? PinOf(string image) => image.Split('@') is [_, var pin] ? pin : null;

    private static string? Mark(PodTemplate template) =>
        template.Metadata?.Annotations?.GetValueOrDefault(WorkloadPatch.RestartedAt);
}
