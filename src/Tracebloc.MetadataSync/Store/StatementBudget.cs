namespace Tracebloc.MetadataSync.Store;

/// <summary>The most bytes of a statement.</summary>
/// <param name="MaxAllowedPacket">The server's limit; it ends the connection of a longer statement.</param>
internal sealed record StatementBudget(long MaxAllowedPacket)
{
    /// <summary>The most rows of a statement.</summary>
    public const int MostRows = 1_000;

    // Longer statements take more memory and no less time.
    private const int Wanted = 1 << 20;

    // The command of the protocol, the attributes of a query, and the names of the columns.
    private const int Overhead = 8 << 10;

    /// <summary>The bytes after which a statement takes no further row.</summary>
    public long MostBytes => Math.Min(Wanted, MaxAllowedPacket / 2);

    /// <summary>True for a row that no statement can carry.</summary>
    public bool IsTooLong(int rowBytes) => rowBytes + Overhead > MaxAllowedPacket;
}
