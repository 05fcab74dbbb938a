namespace Tracebloc.Web;

/// <summary>A method and a path, and their answer.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path; a segment <c>{name}</c> stands for any that is not empty.</param>
/// <param name="AnswerAsync">Answers a call.</param>
public sealed record Route(string Method, string Path, Func<Call, CancellationToken, Task<Answer>> AnswerAsync)
{
    private readonly string[] _segments = Path.Split('/');

    /// <summary>The method and the path as the metrics show them: no text of a caller is among them.</summary>
    public string Name => $"{Method} {Path}".Trim();

    /// <summary>The variable segments of a path.</summary>
    /// <param name="path">The decoded path of a request.</param>
    /// <returns>Null for a path of another route.</returns>
    public IReadOnlyDictionary<string, string>? Match(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var given = path.Split('/');
        if (given.Length != _segments.Length) return null;
        var variables = new Dictionary<string, string>();
        foreach (var (segment, value) in _segments.Zip(given))
            if (segment is ['{', .. var name, '}'] && value.Length > 0)
                variables[name] = value;
            else if (segment != value)
                return null;
        return variables;
    }
}
