namespace Tracebloc.Database;

/// <summary>One statement. Values stand for the question marks of the text, in order.</summary>
/// <param name="Text">The SQL, without any value from outside.</param>
/// <param name="Values">Text, numbers, bytes, times in UTC, or null.</param>
public sealed record SqlStatement(string Text, params IReadOnlyList<object?> Values)
{
    /// <summary>The longest time that it may run.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(60);
}
