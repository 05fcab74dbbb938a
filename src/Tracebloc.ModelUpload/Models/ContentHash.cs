namespace Tracebloc.ModelUpload.Models;

/// <summary>A hash of a file's bytes as its source states it.</summary>
/// <param name="Kind">The algorithm.</param>
/// <param name="Hex">Its lower-case hexadecimal digits.</param>
internal sealed record ContentHash(HashKind Kind, string Hex);
