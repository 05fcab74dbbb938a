namespace Tracebloc.Registry.Pushing;

/// <summary>The end of one upload.</summary>
/// <param name="Pushed">The result; null where another upload has to begin.</param>
/// <param name="Last">The last reply.</param>
/// <param name="IsShrunk">True where the next upload has smaller bodies.</param>
internal sealed record UploadEnd(Fetched<PushedBlob>? Pushed, Reply Last, bool IsShrunk = false);
