using System.Diagnostics.CodeAnalysis;

namespace Tracebloc.Registry;

/// <summary>The answer for one image: its digest now, or why there is none.</summary>
public sealed record Resolution
{
    /// <summary>The outcome.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The digest the tag stands for; null unless the verdict is <see cref="Verdict.Ok"/>.</summary>
    public Digest? Digest { get; init; }

    /// <summary>One line with the place, the failure and the remedy. Never holds a secret or a query string.</summary>
    public string? Message { get; init; }

    /// <summary>
    /// The time from which a retry makes sense, by the local clock; null when the registry announced none.
    /// </summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>
    /// Notes for the operator about a success, such as a registry's own <c>Warning</c> lines.
    /// </summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether there is a digest.</summary>
    [MemberNotNullWhen(true, nameof(Digest))]
    public bool IsOk => Verdict is Verdict.Ok && Digest is not null;

    internal static Resolution Failed(Verdict verdict, string message, DateTimeOffset? retryAt = null) =>
        new() { Verdict = verdict, Message = message, RetryAt = retryAt };
}
