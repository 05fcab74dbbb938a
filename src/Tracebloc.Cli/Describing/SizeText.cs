using System.Globalization;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Cli.Describing;

/// <summary>The size of an image as a flag gives it: <c>512x384</c> or <c>512,384</c>, the width first.</summary>
internal static class SizeText
{
    /// <returns>The size, or the fault to follow the text.</returns>
    public static (ImageSize? Size, string? Fault) Parse(string text) =>
        text.Split('x', 'X', ',') is [var width, var height]
        && Pixels(width) is { } across && Pixels(height) is { } down
            ? (new(across, down), null)
            : (null, "is no size; write the width and the height in pixels, such as 512x384");

    private static int? Pixels(string text) =>
        int.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : null;
}
