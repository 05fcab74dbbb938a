using Tracebloc.Configuration;
using Tracebloc.Net;

namespace Tracebloc.ChartUpgrade.Helm;

/// <summary>The result of one run of helm.</summary>
/// <param name="ExitCode">As helm left it; what a signal leaves when it was ended.</param>
/// <param name="Output">Standard output; may hold secrets.</param>
/// <param name="Error">Standard error; may quote the release's values.</param>
/// <param name="Overrun">The deadline that it did not keep; null when it ended by itself.</param>
internal sealed record HelmResult(int ExitCode, string Output, string Error, TimeSpan? Overrun)
{
    private const string Prefix = "Error: ";

    public bool Succeeded => ExitCode == 0 && Overrun is null;

    /// <summary>The error, in helm's words, on one line.</summary>
    public string ErrorMessage(Redaction redaction) => ErrorMessage(Error, redaction);

    /// <summary>The same out of another text than standard error.</summary>
    public string ErrorMessage(string text, Redaction redaction) => Overrun is { } deadline
        ? $"helm timed out after {Duration.Format(deadline)} and was terminated"
        : LastError(redaction.Of(text));

    private static string LastError(string text)
    {
        // Warnings go before: the error is the last word, and may be several lines long.
        var start = text.LastIndexOf(Prefix, StringComparison.Ordinal);
        var error = start < 0 ? text : text[(start + Prefix.Length)..];
        return Line.Of(error) is { Length: > 0 } line ? line : "helm gave no reason";
    }
}
