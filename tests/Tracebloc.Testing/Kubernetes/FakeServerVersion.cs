namespace Tracebloc.Testing.Kubernetes;

/// <summary>
/// The version that the fake plays, and what depends on it. Between 1.20, the only real server of the tests, and 1.28,
/// the oldest in use, nothing is known to be right.
/// </summary>
/// <seealso href="https://kubernetes.io/docs/reference/command-line-tools-reference/feature-gates/"/>
public sealed record FakeServerVersion
{
    private FakeServerVersion(int minor) => Minor = minor;

    /// <summary>1.20.</summary>
    public static FakeServerVersion Old { get; } = new(20);

    /// <summary>1.34: all that is named here is on by default.</summary>
    public static FakeServerVersion Current { get; } = new(34);

    /// <summary>1.<see cref="Minor"/>.</summary>
    public int Minor { get; }

    /// <summary>A watch may begin with the objects there are, and a bookmark after them (feature WatchList).</summary>
    /// <remarks>On in 1.32, off again in 1.33.</remarks>
    public bool StreamsLists => Minor is 32 or >= 34;

    /// <summary>Namespaces enforce Pod Security by their labels.</summary>
    public bool AdmitsPodSecurity => Minor >= 23;

    /// <summary>Jobs have <c>podReplacementPolicy</c> and count terminating pods.</summary>
    public bool HasPodReplacementPolicy => Minor >= 29;

    /// <summary>WebSockets offer v5.channel.k8s.io, in which a client can end standard input.</summary>
    public bool SpeaksChannelV5 => Minor >= 30;

    /// <summary>
    /// A WebSocket to a pod needs the verb <c>create</c> too (feature
    /// AuthorizePodWebsocketUpgradeCreatePermission).
    /// </summary>
    public bool AsksCreateOfUpgrades => Minor >= 35;

    /// <summary>A version in use.</summary>
    /// <param name="minor">28 to 36.</param>
    public static FakeServerVersion Of(int minor)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minor, 28);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minor, 36);
        return new(minor);
    }

    /// <summary>For example <c>v1.34.0</c>.</summary>
    public override string ToString() => $"v1.{Minor}.0";
}
