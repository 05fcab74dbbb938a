namespace Tracebloc.ModelUpload.Layers;

/// <summary>A run of a layer's bytes: those of a file from an offset to its end, or given ones.</summary>
/// <param name="File">The file; null for given bytes.</param>
/// <param name="Offset">The place in the file.</param>
/// <param name="Bytes">The given bytes; empty for a file's.</param>
internal readonly record struct LayerPiece(LayerFile? File, long Offset, ReadOnlyMemory<byte> Bytes);
