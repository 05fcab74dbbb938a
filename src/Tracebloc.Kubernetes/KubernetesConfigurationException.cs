namespace Tracebloc.Kubernetes;

/// <summary>The way to the API server is described wrongly: one line with the place and the remedy.</summary>
public sealed class KubernetesConfigurationException : Exception
{
    internal KubernetesConfigurationException(
        string path, int? line, string? field, string message, Exception? inner = null)
        : base(Compose(path, line, field, message), inner) => (Path, Line, Field) = (path, line, field);

    /// <summary>The file (or the environment variable) at fault.</summary>
    public string Path { get; }

    /// <summary>Counted from 1; null when the fault is the whole file's.</summary>
    public int? Line { get; }

    /// <summary>For example <c>users[0].user.client-key</c>; null when the fault is the whole file's.</summary>
    public string? Field { get; }

    private static string Compose(string path, int? line, string? field, string message) =>
        string.Concat(path, line is { } at ? $":{at}" : "", field is null ? ": " : $": {field}: ",
            Net.Line.Of(message));
}
