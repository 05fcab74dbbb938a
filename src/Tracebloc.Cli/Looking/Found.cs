using System.Diagnostics.CodeAnalysis;

namespace Tracebloc.Cli.Looking;

/// <summary>Something that was looked for, or the reason for which it cannot be used.</summary>
/// <param name="Value">Null with a fault.</param>
/// <param name="Fault">The thing, the fault and the remedy; null where it was found.</param>
internal readonly record struct Found<T>(T? Value, string? Fault)
    where T : class
{
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsThere => Fault is null;

    public static implicit operator Found<T>(T value) => new(value, null);

    public static Found<T> Not(string fault) => new(null, fault);
}
