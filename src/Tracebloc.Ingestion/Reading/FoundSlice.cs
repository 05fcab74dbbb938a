namespace Tracebloc.Ingestion.Reading;

/// <summary>
/// The place of a slice's records. A reader that guessed a beginning is right where the records of the slice before end
/// there: from the beginning of a record on, reading depends on nothing before it.
/// </summary>
/// <param name="Begin">The bytes of the file before them; -1 where no beginning was found.</param>
/// <param name="End">The bytes of the file before the first record behind them, or of the whole file.</param>
/// <param name="Lines">The line ends in them.</param>
/// <param name="IsWhole">False where reading broke off: nothing behind can be read.</param>
/// <param name="Checksums">CRC-32C of each block, as far as it is theirs; see <see cref="SourceMark"/>.</param>
public sealed record FoundSlice(long Begin, long End, long Lines, bool IsWhole, IReadOnlyList<uint> Checksums)
{
    /// <summary>True where these records are those of a slice that follow others.</summary>
    /// <param name="slice">The slice that was read.</param>
    /// <param name="end">The end of the records before, which are those of the file; 0 for its first slice.</param>
    public bool Follows(SourceSlice slice, long end)
    {
        ArgumentNullException.ThrowIfNull(slice);
        // A guess that breaks off may be one whose records could not be so long.
        return Begin == end && (IsWhole || slice.IsExact);
    }

    internal static FoundSlice None { get; } = new(-1, -1, 0, IsWhole: false, []);
}
