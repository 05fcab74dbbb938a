using System.Diagnostics.CodeAnalysis;

namespace Tracebloc.Registry;

/// <summary>A digest or content of a registry, or the reason why there is none.</summary>
public sealed record Fetched<T> : Answer where T : notnull
{
    /// <summary>The value; null, or the type's default, unless the verdict is <see cref="Verdict.Ok"/>.</summary>
    public T? Value { get; init; }

    /// <summary>True when there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsOk => Verdict is Verdict.Ok && Value is not null;

    internal static Fetched<T> Of(T value) => new() { Verdict = Verdict.Ok, Value = value };

    internal static Fetched<T> Failed(Answer failure) =>
        Failed(failure.Verdict, failure.Message, failure.RetryAt) with
        {
            Bytes = failure.Bytes,
            Warnings = failure.Warnings,
        };

    internal static new Fetched<T> Failed(Verdict verdict, string? message, DateTimeOffset? retryAt = null) =>
        new() { Verdict = verdict, Message = message, RetryAt = retryAt };

    /// <summary>Reads something out of the value; a failure stays as it is.</summary>
    /// <param name="read">Called only when there is a value.</param>
    public Fetched<TOther> As<TOther>(Func<T, TOther> read) where TOther : notnull
    {
        ArgumentNullException.ThrowIfNull(read);
        return IsOk ? Fetched<TOther>.Of(read(Value)) : Fetched<TOther>.Failed(this);
    }
}
