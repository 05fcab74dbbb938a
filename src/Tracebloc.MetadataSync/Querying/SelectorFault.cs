namespace Tracebloc.MetadataSync.Querying;

/// <summary>A fault of a selector.</summary>
/// <param name="Position">The character that is to blame, counted from 1.</param>
/// <param name="Message">The fault.</param>
internal sealed record SelectorFault(int Position, string Message)
{
    public override string ToString() => $"at character {Position}: {Message}";
}
