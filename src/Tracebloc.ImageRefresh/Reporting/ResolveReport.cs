using System.Text.Json;
using System.Text.Json.Serialization;
using Tracebloc.CommandLine;
using Tracebloc.Net;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Reporting;

/// <summary>One image of <c>image-refresh resolve</c>, as its JSON shows it.</summary>
internal sealed record ResolvedImage
{
    /// <summary>As it was given.</summary>
    public required string Image { get; init; }

    public string? Digest { get; init; }

    public required string Verdict { get; init; }

    public string? Message { get; init; }

    [JsonIgnore]
    public bool IsMistyped { get; init; }

    public static ResolvedImage Of(string image, Fetched<Digest> answer) => new()
    {
        Image = image,
        Digest = answer.Value?.ToString(),
        Verdict = JsonNamingPolicy.CamelCase.ConvertName(answer.Verdict.ToString()),
        Message = answer.Remark(),
    };

    public static ResolvedImage Unparsed(string image, string? error) => new()
    {
        Image = image,
        Verdict = "config",
        Message = error,
        IsMistyped = true,
    };
}

internal static class ResolveReport
{
    public static string Text(IReadOnlyList<ResolvedImage> images) =>
        string.Concat(images.Select(image =>
            Escaped.Text($"{image.Image}  {image.Digest ?? $"{image.Verdict}: {image.Message}"}") + "\n"));

    public static string Json(IReadOnlyList<ResolvedImage> images) =>
        JsonText.Write(images, ReportContext.Readable.IReadOnlyListResolvedImage);
}
