namespace Tracebloc.ModelUpload.Destinations;

/// <summary>The limits of S3 and the sizes chosen within them; tests take smaller ones.</summary>
internal sealed record S3Limits
{
    private const long Mebi = 1024 * 1024;

    public static S3Limits Default { get; } = new();

    /// <summary>The parts of one upload.</summary>
    public int MostParts { get; init; } = 10_000;

    /// <summary>The bytes of a part that is streamed, where the file is small enough.</summary>
    public int Part { get; init; } = (int)(8 * Mebi);

    /// <summary>The steps in which parts grow.</summary>
    public int Step { get; init; } = (int)Mebi;

    /// <summary>The bytes of a part of a file of unknown length: room for 640 GB.</summary>
    public int UnknownPart { get; init; } = (int)(64 * Mebi);

    /// <summary>The bytes that one call copies.</summary>
    public long Copy { get; init; } = 5 * 1024 * Mebi;

    /// <summary>The bytes of a part that is copied, where the file is larger.</summary>
    public long CopyPart { get; init; } = 1024 * Mebi;

    /// <summary>The bytes of a key in UTF-8.</summary>
    public int Key { get; init; } = 1024;

    /// <summary>The largest file: the most parts of the largest size that a buffer can have.</summary>
    public long File => MostParts * (1024 * Mebi);

    /// <summary>The bytes of a part of a file; the last part may have less.</summary>
    /// <param name="length">Null where unknown.</param>
    public int PartOf(long? length) => length is { } bytes
        ? (int)Math.Max(Part, Rounded(bytes, Step))
        : UnknownPart;

    /// <summary>The bytes of a part of a file that is copied.</summary>
    public long CopyPartOf(long length) => Math.Max(CopyPart, Rounded(length, Step));

    private long Rounded(long length, long step)
    {
        var least = (length + MostParts - 1) / MostParts;
        return (least + step - 1) / step * step;
    }
}
