using Tracebloc.Registry;

namespace Tracebloc.Signatures.Models;

/// <summary>A file of a model, as a signature names it.</summary>
/// <param name="Path">The path from the model's folder, with slashes.</param>
/// <param name="Digest">The SHA-256 digest of the content.</param>
public sealed record ModelFile(string Path, Digest Digest);
