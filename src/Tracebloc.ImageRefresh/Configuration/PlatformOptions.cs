using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Configuration;

/// <summary>The platforms that a digest has to be there for.</summary>
public sealed record PlatformOptions
{
    /// <summary>As they were listed; empty where the nodes decide.</summary>
    public IReadOnlyList<Platform> Listed { get; init; } = [];

    /// <summary>A digest that brings these platforms nothing new is not rolled out.</summary>
    public bool IgnoresOthers { get; init; }

    public bool AreOfNodes => Listed.Count == 0;

    public override string ToString() => AreOfNodes ? "nodes" : string.Join(',', Listed);
}
