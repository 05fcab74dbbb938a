namespace Tracebloc.ImageRefresh.Configuration;

/// <summary>What an entry of the configuration's <c>images</c> asks for before a digest is rolled out.</summary>
public sealed record GateOptions
{
    public static GateOptions None { get; } = new();

    /// <summary>Nothing is rolled out while it stands.</summary>
    public bool Hold { get; init; }

    /// <summary>How long the registry has to have served a digest; null: no time at all.</summary>
    public TimeSpan? MinAge { get; init; }

    /// <summary>When rollouts may start; none: at any time.</summary>
    public IReadOnlyList<RefreshWindow> Windows { get; init; } = [];

    /// <summary>What a digest has to be there for; null: nothing is looked up.</summary>
    public PlatformOptions? Platforms { get; init; }

    /// <summary>Whose signature a digest must have; null: nobody's.</summary>
    public SignatureOptions? Verify { get; init; }
}
