namespace Tracebloc.Ingestion.Columns;

/// <summary>
/// The value of a cell in the one form that is stored, hashed and compared. It is a part of the cell where that has
/// the form already; no cell allocates.
/// </summary>
public ref struct CellOutput
{
    /// <summary>The bytes that a value needs at most where it is written anew.</summary>
    public const int ScratchBytes = 96;

    private readonly Span<byte> _scratch;

    /// <summary>An output for any number of cells, one after the other.</summary>
    /// <param name="scratch">At least <see cref="ScratchBytes"/>; overwritten by each cell.</param>
    public CellOutput(Span<byte> scratch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scratch.Length, ScratchBytes);
        _scratch = scratch;
    }

    /// <summary>The value in UTF-8, valid until the next cell is read; empty for NULL and for a fault.</summary>
    public ReadOnlySpan<byte> Text { get; internal set; }

    /// <summary>The place of the word that stood for NULL in <see cref="NullWords.All"/>.</summary>
    public int NullWord { get; internal set; }

    /// <summary>The fault of the cell, for <see cref="ValueReader.Explain"/>.</summary>
    public CellFault Fault { get; internal set; }

    internal readonly Span<byte> Scratch => _scratch;

    internal void TakeScratch(int length) => Text = _scratch[..length];
}
