namespace Tracebloc.ImageRefresh.Gates;

/// <summary>What an entry of the configuration's <c>images</c> asks for before a digest is rolled out.</summary>
public sealed record GateOptions
{
    public static GateOptions None { get; } = new();

    /// <summary>Nothing is rolled out while it stands.</summary>
    public bool Hold { get; init; }
}
