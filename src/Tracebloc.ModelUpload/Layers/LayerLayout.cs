namespace Tracebloc.ModelUpload.Layers;

/// <summary>
/// The bytes of a layer without those of its files. A tar has an entry <c>models/…</c> for each file in the order
/// given and two blocks of zeros; it has none for folders, as olot writes none: every runtime makes them.
/// </summary>
internal sealed class LayerLayout
{
    /// <summary>The folder that the files lie in.</summary>
    public const string Folder = "models/";

    private static readonly byte[] Zeros = new byte[2 * TarHeader.BlockBytes];

    private readonly bool _isTar;

    private LayerLayout(IReadOnlyList<LayerFile> files, bool isTar)
    {
        (Files, _isTar) = (files, isTar);
        Length = isTar ? files.Sum(EntryLength) + Zeros.Length : files[0].Length;
    }

    public IReadOnlyList<LayerFile> Files { get; }

    /// <summary>All bytes, those of the files too.</summary>
    public long Length { get; }

    public static LayerLayout OfTar(IReadOnlyList<LayerFile> files) => new(files, isTar: true);

    /// <summary>A blob that is the file itself.</summary>
    public static LayerLayout OfFile(LayerFile file) => new([file], isTar: false);

    /// <summary>The bytes that a file takes in a tar: its header, itself and the padding.</summary>
    public static long EntryLength(LayerFile file) =>
        TarHeader.LengthOf(NameOf(file)) + file.Length + TarHeader.PaddingOf(file.Length);

    /// <summary>The pieces from an offset on, made as they are taken. An empty file has a piece too.</summary>
    public IEnumerable<LayerPiece> From(long offset) =>
        _isTar ? TarFrom(offset) : [new LayerPiece(Files[0], offset, default)];

    private static string NameOf(LayerFile file) => Folder + file.Path.Text;

    private IEnumerable<LayerPiece> TarFrom(long skip)
    {
        foreach (var file in Files)
        {
            var length = EntryLength(file);
            if (skip >= length)
            {
                skip -= length;
                continue;
            }

            foreach (var piece in EntryFrom(file, skip))
                yield return piece;
            skip = 0;
        }

        if (skip < Zeros.Length)
            yield return Given(Zeros.AsMemory((int)skip));
    }

    private static IEnumerable<LayerPiece> EntryFrom(LayerFile file, long skip)
    {
        var header = TarHeader.Of(NameOf(file), file.Length);
        if (skip < header.Length)
            yield return Given(header.AsMemory((int)skip));
        var passed = Math.Max(0, skip - header.Length);
        if (passed < file.Length || passed == 0)
            yield return new LayerPiece(file, passed, default);
        var padding = TarHeader.PaddingOf(file.Length);
        var skipped = (int)Math.Max(0, passed - file.Length);
        if (skipped < padding)
            yield return Given(Zeros.AsMemory(skipped, padding - skipped));
    }

    private static LayerPiece Given(ReadOnlyMemory<byte> bytes) => new(null, 0, bytes);
}
