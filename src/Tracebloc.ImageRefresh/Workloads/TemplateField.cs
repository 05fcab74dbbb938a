namespace Tracebloc.ImageRefresh.Workloads;

/// <summary>A value in a pod template that a refresh may set.</summary>
public abstract record TemplateField
{
    private TemplateField()
    {
    }

    /// <summary>A container's image.</summary>
    public sealed record Image(string Container) : TemplateField;

    /// <summary>The value of a container's environment variable.</summary>
    public sealed record Variable(string Container, string Name) : TemplateField;

    /// <summary>The mark of <c>kubectl rollout restart</c>.</summary>
    public sealed record RestartMark : TemplateField;
}
