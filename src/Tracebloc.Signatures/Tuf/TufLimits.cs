namespace Tracebloc.Signatures.Tuf;

/// <summary>The most bytes of each file; sigstore's public ones have some kilobytes.</summary>
internal static class TufLimits
{
    public const int Root = 512 * 1024, Timestamp = 32 * 1024, Snapshot = 2 * 1024 * 1024, Targets = 5 * 1024 * 1024;

    /// <summary>The most bytes of any file, targets included.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    /// <summary>The most new roots in one walk; sigstore has made fifteen in five years.</summary>
    public const int Roots = 256;
}
