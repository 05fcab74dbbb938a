namespace Tracebloc.ImageRefresh.Configuration;

/// <summary>The conditions of an image before a new digest is rolled out.</summary>
public sealed record GateOptions
{
    public static GateOptions None { get; } = new();

    /// <summary>Nothing is rolled out while it stands.</summary>
    public bool Hold { get; init; }

    /// <summary>The minimum time for which the registry has served a digest; null: none.</summary>
    public TimeSpan? MinAge { get; init; }

    /// <summary>The windows in which rollouts may start; none: at any time.</summary>
    public IReadOnlyList<RefreshWindow> Windows { get; init; } = [];

    /// <summary>The platforms a digest must support; null: platforms are not checked.</summary>
    public PlatformOptions? Platforms { get; init; }

    /// <summary>The required signer; null: signatures are not checked.</summary>
    public SignatureOptions? Verify { get; init; }
}
