namespace Tracebloc.ModelUpload.Options;

/// <summary>Options as the command line gives them, by name without dashes.</summary>
internal sealed record RawOptions(IReadOnlyDictionary<string, string> Values)
{
    public static RawOptions None { get; } = new(new Dictionary<string, string>());

    // Values may be secrets.
    public override string ToString() => string.Join(", ", Values.Keys);
}
