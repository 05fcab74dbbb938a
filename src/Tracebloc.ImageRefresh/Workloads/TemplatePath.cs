namespace Tracebloc.ImageRefresh.Workloads;

/// <summary>The keys from the root of an object down to its pod template.</summary>
internal sealed record TemplatePath(params IReadOnlyList<string> Keys)
{
    public static TemplatePath OfWorkload { get; } = new("spec", "template");

    public static TemplatePath OfCronJob { get; } = new("spec", "jobTemplate", "spec", "template");

    /// <summary>The same path as <c>managedFields</c> writes it.</summary>
    public IReadOnlyList<string> Fields { get; } = [.. Keys.Select(key => $"f:{key}")];
}
