using System.Diagnostics.CodeAnalysis;

namespace Tracebloc.Registry;

/// <summary>What a registry was asked to hand out, or why it did not.</summary>
public sealed record Fetched<T> where T : class
{
    /// <summary>How it went.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>What was served; null unless the verdict is <see cref="Verdict.Ok"/>.</summary>
    public T? Value { get; init; }

    /// <summary>One line: what went wrong, where, and what to do. Never holds a secret or a query string.</summary>
    public string? Message { get; init; }

    /// <summary>When asking again makes sense, by the local clock; null when the registry did not say.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsOk => Verdict is Verdict.Ok && Value is not null;

    internal static Fetched<T> Of(T value) => new() { Verdict = Verdict.Ok, Value = value };

    internal static Fetched<T> Failed(Verdict verdict, string? message, DateTimeOffset? retryAt = null) =>
        new() { Verdict = verdict, Message = message, RetryAt = retryAt };

    internal static Fetched<T> Failed(Resolution failure) =>
        Failed(failure.Verdict, failure.Message, failure.RetryAt);

    /// <summary>What is read out of the value; or, where there is none, why, as it is here.</summary>
    /// <param name="read">Called only when there is a value.</param>
    public Fetched<TOther> As<TOther>(Func<T, TOther> read) where TOther : class
    {
        ArgumentNullException.ThrowIfNull(read);
        return IsOk ? Fetched<TOther>.Of(read(Value)) : Fetched<TOther>.Failed(Verdict, Message, RetryAt);
    }
}
