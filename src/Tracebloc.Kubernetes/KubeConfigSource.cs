namespace Tracebloc.Kubernetes;

/// <summary>The kubeconfig files to read, and the context in them.</summary>
/// <param name="Files">In order of precedence: the first to say something wins.</param>
public sealed record KubeConfigSource(IReadOnlyList<string> Files)
{
    /// <summary>A file that does not exist is an error; otherwise it is passed over.</summary>
    public bool MustExist { get; init; }

    /// <summary>The context to use; null or empty: the files' <c>current-context</c>.</summary>
    public string? Context { get; init; }

    /// <summary>
    /// As kubectl looks for them: <c>--kubeconfig</c>, else <c>$KUBECONFIG</c>, else <c>~/.kube/config</c>.
    /// </summary>
    /// <param name="file">The value of <c>--kubeconfig</c>; null or empty when it was not given.</param>
    /// <param name="variable">Looks up an environment variable: <c>KUBECONFIG</c> and <c>HOME</c>.</param>
    public static KubeConfigSource Find(string? file, Func<string, string?> variable)
    {
        if (!string.IsNullOrEmpty(file)) return new([file]) { MustExist = true };
        if (variable("KUBECONFIG") is { Length: > 0 } list)
            return new([.. list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Distinct()]);
        return new(variable("HOME") is { Length: > 0 } home ? [Path.Combine(home, ".kube", "config")] : []);
    }
}
