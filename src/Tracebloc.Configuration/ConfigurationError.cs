using Tracebloc.Net;

namespace Tracebloc.Configuration;

/// <summary>One thing that is wrong with a configuration file, and what to do about it.</summary>
/// <param name="File">The file as the user named it.</param>
/// <param name="Line">Counted from 1; 0 when no line of the file is to blame.</param>
/// <param name="Path">The path in the tree, <c>images[1].action</c>; empty for the whole file.</param>
/// <param name="Message">The error and the remedy.</param>
public sealed record ConfigurationError(string File, int Line, string Path, string Message)
{
    /// <summary>
    /// <c>refresh.yaml:12: images[1].action: "restrat" is not …</c>, as compilers write it and editors read it: one
    /// line, whatever it quotes.
    /// </summary>
    public override string ToString() => Escaped.Text(
        (Line > 0 ? $"{File}:{Line}: " : $"{File}: ") + (Path.Length > 0 ? $"{Path}: " : "") + Message);
}
