namespace Tracebloc.Ingestion.Staging;

/// <summary>The version of the protocol, and the words that every version begins with.</summary>
public static class StagingProtocol
{
    /// <summary>The version that this program speaks. Any change of a frame is a new one.</summary>
    public const int Version = 1;

    /// <summary>The most files of one transfer.</summary>
    public const int MostFiles = 1_000_000;

    internal static ReadOnlySpan<byte> Magic => "tbstage\n"u8;

    internal static StagingException OtherVersion(int protocol, string theirs, string ours) => new(
        StagingFailure.Version,
        $"Transfer failed: version {theirs} on the other side speaks staging protocol {protocol}, and version {ours} "
        + $"here speaks {Version}; upgrade the older of the two: the client chart, or the command line");
}
