using Tracebloc.Net;

namespace Tracebloc.ModelUpload;

/// <summary>An end of a run, or of one attempt in it, that its operator can remedy.</summary>
/// <param name="exitCode">One of <see cref="UploadExit"/>.</param>
/// <param name="message">The thing first, then the fault, the cause and the remedy; free of secrets.</param>
/// <param name="innerException">The cause, if it was thrown.</param>
internal sealed class UploadException(int exitCode, string message, Exception? innerException = null)
    : Exception(Escaped.Text(message), innerException)
{
    public int ExitCode => exitCode;

    /// <summary>True where the same call can succeed later with nothing changed.</summary>
    public bool IsTransient { get; init; }

    /// <summary>The wait that the other side asked for before the next attempt.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static UploadException OfSource(string message, Exception? cause = null, bool isTransient = false) =>
        new(UploadExit.Source, message, cause) { IsTransient = isTransient };

    public static UploadException OfDestination(string message, Exception? cause = null, bool isTransient = false) =>
        new(UploadExit.Destination, message, cause) { IsTransient = isTransient };
}
