namespace Tracebloc.Kubernetes;

/// <summary>A command to run in a container.</summary>
/// <param name="Command">The program and its arguments; no shell reads them.</param>
public sealed record ExecOptions(params IReadOnlyList<string> Command)
{
    /// <summary>The container; null: the pod's only one.</summary>
    public string? Container { get; init; }

    /// <summary>The command gets a standard input, by <see cref="PodExec.WriteAsync"/>.</summary>
    public bool HasInput { get; init; }
}
