using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh.Configuration;

/// <summary>The action that brings a new digest into a workload.</summary>
public abstract record RefreshAction
{
    private RefreshAction()
    {
    }

    /// <summary>
    /// The digest's place in the pod template: <c>CONTAINER/VARIABLE</c> or <c>CONTAINER</c>; null for a restart,
    /// which writes none.
    /// </summary>
    internal virtual string? Place => null;

    /// <summary>The value in the pod template that it sets.</summary>
    internal abstract TemplateField Field { get; }

    /// <summary>As <c>kubectl rollout restart</c>: the pods pull their tag again.</summary>
    /// <param name="Container">The container that a rollback pins to a digest; null where there is no rollback.</param>
    public sealed record Restart(string? Container = null) : RefreshAction
    {
        internal override TemplateField Field => new TemplateField.RestartMark();
    }

    /// <summary>The digest becomes the value of an environment variable.</summary>
    public sealed record SetEnv(string Container, string Variable) : RefreshAction
    {
        internal override string Place => $"{Container}/{Variable}";

        internal override TemplateField Field => new TemplateField.Variable(Container, Variable);
    }

    /// <summary>The container's image becomes <c>repository@digest</c>.</summary>
    public sealed record SetImage(string Container) : RefreshAction
    {
        internal override string Place => Container;

        internal override TemplateField Field => new TemplateField.Image(Container);
    }
}
