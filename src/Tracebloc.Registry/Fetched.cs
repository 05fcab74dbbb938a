using System.Diagnostics.CodeAnalysis;

namespace Tracebloc.Registry;

/// <summary>Content of a registry, or the reason why there is none.</summary>
public sealed record Fetched<T> where T : class
{
    /// <summary>The outcome.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The content; null unless the verdict is <see cref="Verdict.Ok"/>.</summary>
    public T? Value { get; init; }

    /// <summary>One line with the place, the failure and the remedy. Never holds a secret or a query string.</summary>
    public string? Message { get; init; }

    /// <summary>
    /// The time from which a retry makes sense, by the local clock; null when the registry announced none.
    /// </summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsOk => Verdict is Verdict.Ok && Value is not null;

    internal static Fetched<T> Of(T value) => new() { Verdict = Verdict.Ok, Value = value };

    internal static Fetched<T> Failed(Verdict verdict, string? message, DateTimeOffset? retryAt = null) =>
        new() { Verdict = verdict, Message = message, RetryAt = retryAt };

    internal static Fetched<T> Failed(Resolution failure) =>
        Failed(failure.Verdict, failure.Message, failure.RetryAt);

    /// <summary>Reads something out of the value; a failure stays as it is.</summary>
    /// <param name="read">Called only when there is a value.</param>
    public Fetched<TOther> As<TOther>(Func<T, TOther> read) where TOther : class
    {
        ArgumentNullException.ThrowIfNull(read);
        return IsOk ? Fetched<TOther>.Of(read(Value)) : Fetched<TOther>.Failed(Verdict, Message, RetryAt);
    }
}
