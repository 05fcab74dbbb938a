using System.Globalization;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Planning;

/// <summary>What the workload's pod template holds for an image now: V in the table of <see cref="Planner"/>.</summary>
/// <param name="Text">The value as it stands; null or empty when there is none.</param>
/// <param name="Digest">The digest that it is, or null when it is none.</param>
internal sealed record LiveDigest(string? Text, Digest? Digest)
{
    public bool IsAbsent => string.IsNullOrEmpty(Text);

    /// <summary>As it may be told; what a variable holds is not, since a wrong name may point at a secret.</summary>
    public string Description => Digest?.Short() ?? (IsOfVariable ? "a value that is no digest" : $"\"{Text}\"");

    private bool IsOfVariable { get; init; }

    /// <exception cref="FormatException">The workload lacks what the action names, or it cannot be set.</exception>
    public static LiveDigest Read(TrackedImage image, Workload workload, RefreshRecord record) => image.Action switch
    {
        RefreshAction.SetEnv action => OfVariable(Find(workload, action.Container), action.Variable),
        RefreshAction.SetImage action => OfImage(Find(workload, action.Container)),
        _ => OfRestart(image, workload, record),
    };

    // A restart leaves no digest in the template: its pods run what was last applied, unless the template went back
    // behind the mark of that restart (kubectl rollout undo, a replaced object).
    private static LiveDigest OfRestart(TrackedImage image, Workload workload, RefreshRecord record)
    {
        if (record.Pin is { } pin)
            return OfImage(Find(workload, pin.Container));
        if (image.Action is RefreshAction.Restart { Container: { } container })
            RequireImage(Find(workload, container), image.Image);
        else
            RequireTag(workload, image.Image);
        var mark = workload.Spec.Template.Metadata?.Annotations?.GetValueOrDefault(RefreshAnnotations.RestartedAt);
        var isMarked = DateTimeOffset.TryParse(
            mark, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var restarted);
        // kubectl writes its marks in whole seconds.
        return isMarked && record.AppliedAt - restarted < TimeSpan.FromSeconds(1)
            ? new(record.Applied?.ToString(), record.Applied)
            : new(null, null);
    }

    private static void RequireImage(Container container, ImageReference image)
    {
        if (!ImageReference.TryParse(container.Image, out var found, out _) || found.Repository != image.Repository)
        {
            throw new FormatException(
                $"the container \"{container.Name}\" runs {container.Image}, so a rollback could not pin it to a digest"
                + $" of {image}; name the container that runs it");
        }
        if (found.Digest is not null)
            throw Unmoved(container, image);
    }

    // Which container runs the image nobody has said; of those that do, one has to follow its tag.
    private static void RequireTag(Workload workload, ImageReference image)
    {
        var pinned = Containers(workload).FirstOrDefault(container => IsOf(container, image, isPinned: true));
        if (pinned is not null && !Containers(workload).Any(container => IsOf(container, image, isPinned: false)))
            throw Unmoved(pinned, image);
    }

    private static bool IsOf(Container container, ImageReference image, bool isPinned) =>
        container.Image?.Contains('@', StringComparison.Ordinal) == isPinned
        && ImageReference.TryParse(container.Image, out var found, out _) && found.Repository == image.Repository;

    // As after kubectl rollout undo, back to a template that had been pinned.
    private static FormatException Unmoved(Container container, ImageReference image) => new(
        $"the container \"{container.Name}\" runs {container.Image}, which no restart changes; give it {image} again");

    private static LiveDigest OfVariable(Container container, string variable)
    {
        // Of duplicates a pod gets the last, and a strategic merge patch sets the first.
        if (container.Env?.Count(env => env.Name == variable) > 1)
        {
            throw new FormatException(
                $"the container \"{container.Name}\" has the variable {variable} more than once, and a refresh could"
                + " set but one of them; keep one in the workload");
        }
        var found = container.Env?.FirstOrDefault(env => env.Name == variable);
        if (found?.ValueFrom is not null)
        {
            throw new FormatException(
                $"the variable {variable} of container \"{container.Name}\" comes from valueFrom, which a digest cannot"
                + " replace; give it a plain value, or none, in the workload");
        }
        return Of(found?.Value, found?.Value) with { IsOfVariable = true };
    }

    private static LiveDigest OfImage(Container container)
    {
        var at = container.Image?.IndexOf('@', StringComparison.Ordinal) ?? -1;
        return at < 0 ? new(null, null) : Of(container.Image, container.Image?[(at + 1)..]);
    }

    private static LiveDigest Of(string? text, string? digest) =>
        new(text, Registry.Digest.TryParse(digest, out var parsed) ? parsed : null);

    public static IEnumerable<Container> Containers(Workload workload) =>
        workload.Spec.Template.Spec.Containers.Concat(workload.Spec.Template.Spec.InitContainers ?? []);

    /// <exception cref="FormatException">There is none of that name.</exception>
    public static Container Find(Workload workload, string name)
    {
        var all = Containers(workload);
        return all.FirstOrDefault(container => container.Name == name)
            ?? throw new FormatException(
                $"there is no container \"{name}\"; the workload has {string.Join(", ", all.Select(c => c.Name))}");
    }
}
