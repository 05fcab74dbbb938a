using Microsoft.Extensions.Logging;
using Tracebloc.Hosting;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh;

/// <summary><c>image-refresh resolve</c>: the digest of each image, without a cluster.</summary>
internal static class ResolveCommand
{
    public static async Task<int> ExecuteAsync(ResolveOptions options, ProgramContext context, CancellationToken token)
    {
        using var registry = RegistryConnection.Open(options.Config, context);
        var lines = await ResolveAsync(options.Images, registry, context.Logger, token);
        context.Out.Write(options.Output == OutputFormat.Json ? ResolveReport.Json(lines) : ResolveReport.Text(lines));
        return ExitCodeOf(lines);
    }

    private static async Task<IReadOnlyList<ResolvedImage>> ResolveAsync(
        IReadOnlyList<string> images, RegistryClient registry, ILogger logger, CancellationToken token)
    {
        var parsed = images.Select(Parse).ToList();
        var good = parsed.Select(entry => entry.Reference).OfType<ImageReference>().ToList();
        var answers = new Queue<Resolution>(good.Count == 0
            ? []
            : await registry.ResolveAsync(good, token));
        foreach (var (image, answer) in good.Zip(answers))
            foreach (var warning in answer.Warnings)
                Log.RegistryWarning(logger, image.ToString(), warning);
        return [.. images.Zip(parsed, (image, entry) => entry.Reference is null
            ? ResolvedImage.Unparsed(image, entry.Error)
            : ResolvedImage.Of(image, answers.Dequeue()))];
    }

    private static (ImageReference? Reference, string? Error) Parse(string image) =>
        ImageReference.TryParse(image, out var reference, out var error) ? (reference, null) : (null, error);

    // A reference that cannot be right in any registry is a mistake on the command line, and says so even where
    // a registry failed as well.
    private static int ExitCodeOf(IReadOnlyList<ResolvedImage> lines) =>
        lines.Any(line => line.IsMistyped) ? ExitCode.Usage
        : lines.Any(line => line.Digest is null) ? ExitCode.Registry
        : ExitCode.Done;
}
