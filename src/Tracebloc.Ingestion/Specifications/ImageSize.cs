namespace Tracebloc.Ingestion.Specifications;

/// <summary>The size of an image.</summary>
/// <param name="Width">In pixels, at least 1.</param>
/// <param name="Height">In pixels, at least 1.</param>
public sealed record ImageSize(int Width, int Height)
{
    /// <summary><c>256x256</c>.</summary>
    public override string ToString() => $"{Width}x{Height}";
}
