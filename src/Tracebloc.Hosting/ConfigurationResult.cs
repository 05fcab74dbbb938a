using System.Diagnostics.CodeAnalysis;

namespace Tracebloc.Hosting;

/// <summary>What a configuration file says, or everything that is wrong with it.</summary>
public sealed record ConfigurationResult<T>
    where T : class
{
    /// <summary>What the file says.</summary>
    public ConfigurationResult(T value) => (Value, Errors) = (value, []);

    /// <summary>What is wrong with the file.</summary>
    public ConfigurationResult(IReadOnlyList<ConfigurationError> errors) => Errors = errors;

    /// <summary>What the file says; null when anything is wrong with it.</summary>
    public T? Value { get; }

    /// <summary>What is wrong, by line; empty when nothing is.</summary>
    public IReadOnlyList<ConfigurationError> Errors { get; }

    /// <summary>Whether the file can be used.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsValid => Value is not null;
}
