namespace Tracebloc.Registry;

/// <summary>The outcome of a question to a registry, without the value.</summary>
public record Answer
{
    private protected Answer()
    {
    }

    /// <summary>The outcome.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>One line with the place, the failure and the remedy. Never holds a secret or a query string.</summary>
    public string? Message { get; init; }

    /// <summary>
    /// The time from which a retry makes sense, by the local clock; null when the registry announced none.
    /// </summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>
    /// The bytes of the body that came in place of a value, of its last try; 0 with a value, and without a body.
    /// </summary>
    public long Bytes { get; init; }

    /// <summary>Notes for the operator, such as a registry's own <c>Warning</c> lines.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    internal static Answer Failed(Verdict verdict, string? message, DateTimeOffset? retryAt = null) =>
        new() { Verdict = verdict, Message = message, RetryAt = retryAt };
}
