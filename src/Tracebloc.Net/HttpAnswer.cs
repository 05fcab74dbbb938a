namespace Tracebloc.Net;

/// <summary>An answer of a server, or the reason of none.</summary>
/// <param name="Status">The status; 0: there was no answer.</param>
/// <param name="Text">The body, or the reason; it may repeat secrets of the request.</param>
public sealed record HttpAnswer(int Status, string Text)
{
    private const int NoAnswer = 0;

    /// <summary>The wait that the server asks for, at most a minute; null for none.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True where there was no answer, and the request may have been carried out nevertheless.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>True where the server's certificate was refused.</summary>
    public bool IsDistrusted { get; init; }

    /// <summary>True where there was no answer.</summary>
    public bool IsAbsent => Status == NoAnswer;

    /// <summary>No answer.</summary>
    /// <param name="reason">The reason.</param>
    /// <param name="mayHaveArrived">False where the request has certainly not been carried out.</param>
    internal static HttpAnswer None(string reason, bool mayHaveArrived) =>
        new(NoAnswer, reason) { MayHaveArrived = mayHaveArrived };
}
