namespace Tracebloc.JobsManager.Web;

/// <summary>A method and a path, and their answer.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path; a last segment <c>{key}</c> stands for any.</param>
/// <param name="AnswerAsync">Answers a call.</param>
internal sealed record Route(string Method, string Path, Func<Call, CancellationToken, Task<Answer>> AnswerAsync)
{
    private const string Variable = "{key}";

    /// <summary>The method and the path as the metrics show them: no text of a caller is among them.</summary>
    public string Name => $"{Method} {Path}";

    /// <summary>True for a path of this route.</summary>
    /// <param name="path">The decoded path of a request.</param>
    /// <param name="key">The variable segment; empty where there is none.</param>
    public bool Matches(string path, out string key)
    {
        key = "";
        if (!Path.EndsWith(Variable, StringComparison.Ordinal)) return path == Path;
        var start = Path[..^Variable.Length];
        if (!path.StartsWith(start, StringComparison.Ordinal)) return false;
        key = path[start.Length..];
        return key.Length > 0 && !key.Contains('/', StringComparison.Ordinal);
    }
}
