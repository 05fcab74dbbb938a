using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Reporting;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Verbs;

/// <summary><c>image-refresh resolve</c>: the digest of each image, without a cluster.</summary>
internal sealed class ResolveVerb : Verb<ResolveOptions>
{
    private readonly Argument<string[]> _images = new("IMAGE")
    {
        Arity = ArgumentArity.OneOrMore,
        Description = "Image references. Example: docker.io/library/nginx:stable",
    };

    private readonly Option<string> _config = RefreshOptions.RegistriesConfig();
    private readonly Option<OutputFormat?> _output = CommonOptions.Output();
    private readonly Option<LogLevel?> _level = CommonOptions.Level();
    private readonly Func<LogLevel, ProgramContext> _context;

    public ResolveVerb(Func<LogLevel, ProgramContext> context)
        : base("resolve", "Prints the digest of each image, one line each in the order given; needs no cluster.")
    {
        _context = context;
        Parsing.RejectOptions(_images);
        Add(_images);
        Add(_config);
        Add(_output);
        Add(_level);
    }

    public override string Examples =>
        """
          image-refresh resolve ghcr.io/tracebloc/ingestor:prod
          image-refresh resolve nginx:stable registry.example.com/web:prod --config refresh.yaml --output json
        """;

    protected override ResolveOptions Parse(ParseResult result) => new()
    {
        Images = result.GetRequiredValue(_images),
        Config = result.GetValue(_config),
        Output = result.GetValue(_output) ?? default,
        LogLevel = result.GetValue(_level) ?? LogLevel.Information,
    };

    public override async Task<int> ExecuteAsync(ResolveOptions options, CancellationToken token)
    {
        var context = _context(options.LogLevel);
        using var registry = RegistryConnection.OpenOnce(options.Config, context);
        var lines = await ResolveAsync(options.Images, registry, context.Logger, token);
        context.Out.Write(options.Output == OutputFormat.Json ? ResolveReport.Json(lines) : ResolveReport.Text(lines));
        return ExitCodeOf(lines);
    }

    private static async Task<IReadOnlyList<ResolvedImage>> ResolveAsync(
        IReadOnlyList<string> images, RegistryClient registry, ILogger logger, CancellationToken token)
    {
        var parsed = images.Select(Parse).ToList();
        var good = parsed.Select(entry => entry.Reference).OfType<ImageReference>().ToList();
        var answers = new Queue<Fetched<Digest>>(good.Count == 0
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

    // A reference that is wrong for every registry is a usage error, even where a registry failed as well.
    private static int ExitCodeOf(IReadOnlyList<ResolvedImage> lines) =>
        lines.Any(line => line.IsMistyped) ? ExitCodes.Usage
        : lines.Any(line => line.Digest is null) ? ExitCodes.Registry
        : ExitCodes.Done;
}

/// <summary>The options of <c>image-refresh resolve</c>.</summary>
internal sealed record ResolveOptions
{
    public required IReadOnlyList<string> Images { get; init; }

    public string? Config { get; init; }

    public OutputFormat Output { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}
