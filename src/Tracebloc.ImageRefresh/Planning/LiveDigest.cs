using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Tracebloc.ImageRefresh.Configuration;
using Tracebloc.ImageRefresh.Records;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Planning;

/// <summary>The image's value in the workload's pod template: V in the table of <see cref="Planner"/>.</summary>
/// <param name="Text">The value as it stands; null or empty when there is none.</param>
/// <param name="Digest">The digest that it is, or null when it is none.</param>
internal sealed record LiveDigest(string? Text, Digest? Digest)
{
    public bool IsAbsent => string.IsNullOrEmpty(Text);

    /// <summary>The text for messages, without a variable's value: a wrong name may point at a secret.</summary>
    public string Description => Digest?.Short() ?? (IsOfVariable ? "a value that is no digest" : $"\"{Text}\"");

    /// <summary>The text for reports: of a variable its digest alone, for the same reason.</summary>
    public string? Printable => IsOfVariable ? Digest?.ToString() : Text;

    private bool IsOfVariable { get; init; }

    /// <summary>Reads the digest in the workload.</summary>
    /// <param name="image">The image.</param>
    /// <param name="workload">Its workload.</param>
    /// <param name="record">Its record.</param>
    /// <param name="live">The digest.</param>
    /// <param name="reason">The reason why the target is missing or cannot be set.</param>
    public static bool TryRead(
        TrackedImage image,
        Workload workload,
        RefreshRecord record,
        [NotNullWhen(true)] out LiveDigest? live,
        [NotNullWhen(false)] out string? reason)
    {
        var name = image.Action switch
        {
            RefreshAction.SetEnv(var target, _) => target,
            RefreshAction.SetImage(var target) => target,
            RefreshAction.Restart(var pinnable) => record.Pin?.Container ?? pinnable,
            _ => null,
        };
        var container = name is null ? null : workload.Find(name);
        (live, reason) = (null, name is not null && container is null ? Missing(workload, name) : null);
        if (reason is not null)
            return false;
        reason = image.Action switch
        {
            RefreshAction.SetEnv action when container is not null => WhyUnsettable(container, action.Variable),
            RefreshAction.Restart when record.Pin is null => WhyUnmoved(workload, container, image.Image),
            _ => null,
        };
        live = reason is null ? Of(image, workload, container, record) : null;
        return live is not null;
    }

    private static LiveDigest Of(TrackedImage image, Workload workload, Container? container, RefreshRecord record) =>
        (image.Action, container) switch
        {
            (RefreshAction.SetEnv action, { } found) => OfVariable(found, action.Variable),
            (RefreshAction.Restart, _) when record.Pin is null => OfRestart(workload, record),
            (_, { } found) => OfImage(found),
            _ => new(null, null),
        };

    private static string Missing(Workload workload, string name) =>
        $"there is no container \"{name}\"; the workload has {Names(workload.Spec.Template.Spec.Containers)}"
        + (workload.Spec.Template.Spec.InitContainers is { Count: > 0 } init
            ? $", and the init containers {Names(init)}"
            : "");

    private static string Names(IEnumerable<Container> containers) =>
        string.Join(", ", containers.Select(container => container.Name));

    // A restart leaves no digest in the template: its pods run what was last applied, unless the template went back
    // behind the mark of that restart (kubectl rollout undo, a replaced object).
    private static LiveDigest OfRestart(Workload workload, RefreshRecord record)
    {
        var mark = workload.Spec.Template.Metadata?.Annotations?.GetValueOrDefault(WorkloadPatch.RestartedAt);
        var isMarked = DateTimeOffset.TryParse(
            mark, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var restarted);
        // kubectl writes its marks in whole seconds.
        return isMarked && record.AppliedAt - restarted < TimeSpan.FromSeconds(1)
            ? new(record.Applied?.ToString(), record.Applied)
            : new(null, null);
    }

    private static string? WhyUnmoved(Workload workload, Container? named, ImageReference image)
    {
        if (named is not null)
            return WhyUnpinnable(named, image);
        // The configuration does not name the container; of those that run the image, one has to follow its tag.
        var pinned = workload.Containers().FirstOrDefault(container => IsOf(container, image, isPinned: true));
        return pinned is not null && !workload.Containers().Any(container => IsOf(container, image, isPinned: false))
            ? Unmoved(pinned, image)
            : null;
    }

    private static string? WhyUnpinnable(Container container, ImageReference image)
    {
        if (!ImageReference.TryParse(container.Image, out var found, out _) || found.Repository != image.Repository)
        {
            return $"the container \"{container.Name}\" runs {container.Image}, so a rollback could not pin it to a"
                + $" digest of {image}; name the container that runs it";
        }
        return found.Digest is null ? null : Unmoved(container, image);
    }

    private static bool IsOf(Container container, ImageReference image, bool isPinned) =>
        container.Image?.Contains('@', StringComparison.Ordinal) == isPinned
        && ImageReference.TryParse(container.Image, out var found, out _) && found.Repository == image.Repository;

    // As after kubectl rollout undo, back to a template that had been pinned.
    private static string Unmoved(Container container, ImageReference image) =>
        $"the container \"{container.Name}\" runs {container.Image}, which no restart changes; give it {image} again";

    private static string? WhyUnsettable(Container container, string variable)
    {
        // Of duplicates a pod gets the last, and a strategic merge patch sets the first.
        if (container.Env?.Count(env => env.Name == variable) > 1)
        {
            return $"the container \"{container.Name}\" has the variable {variable} more than once, and a refresh could"
                + " set but one of them; keep one in the workload";
        }
        // A strategic merge patch of one variable gathers namesakes among the others, and $(NAME) expands to another.
        if (container.Env?.CountBy(env => env.Name).FirstOrDefault(count => count.Value > 1).Key is { } twice)
        {
            return $"the container \"{container.Name}\" has the variable {twice} more than once, and a patch of"
                + $" {variable} would change their order; keep one in the workload";
        }
        return container.Env?.FirstOrDefault(env => env.Name == variable)?.ValueFrom is null
            ? null
            : $"the variable {variable} of container \"{container.Name}\" comes from valueFrom, which a digest cannot"
                + " replace; give it a plain value, or none, in the workload";
    }

    private static LiveDigest OfVariable(Container container, string variable)
    {
        var found = container.Env?.FirstOrDefault(env => env.Name == variable);
        return Of(found?.Value, found?.Value) with { IsOfVariable = true };
    }

    private static LiveDigest OfImage(Container container)
    {
        var at = container.Image?.IndexOf('@', StringComparison.Ordinal) ?? -1;
        return at < 0 ? new(null, null) : Of(container.Image, container.Image?[(at + 1)..]);
    }

    private static LiveDigest Of(string? text, string? digest) =>
        new(text, Registry.Digest.TryParse(digest, out var parsed) ? parsed : null);
}
