using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Applying;
using Tracebloc.ImageRefresh.Reporting;
using Tracebloc.ImageRefresh.Workloads;

namespace Tracebloc.ImageRefresh.Verbs;

/// <summary><c>image-refresh release</c>: takes digests out of quarantine.</summary>
internal sealed class ReleaseVerb : Verb<ReleaseOptions>
{
    private readonly Argument<string> _name = new("NAME")
    {
        Description = "The image's name in the configuration. Example: web",
    };

    private readonly Option<string> _config = RefreshOptions.RequiredConfig();
    private readonly Option<string> _digest = new("--digest")
    {
        HelpName = "DIGEST",
        Description = "Only this digest, in full or by its beginning. Default: all of the image's. "
            + "Example: --digest sha256:8df25a636fe0",
    };

    private readonly Option<LogLevel?> _level = CommonOptions.Level();
    private readonly ClusterArguments _cluster = new();
    private readonly Func<LogLevel, ProgramContext> _context;

    public ReleaseVerb(Func<LogLevel, ProgramContext> context)
        : base("release", "Takes digests that were rolled back out of quarantine: they may be applied again.")
    {
        _context = context;
        Add(_name);
        Add(_config);
        Add(_digest);
        _cluster.AddTo(this);
        Add(_level);
    }

    public override string Examples =>
        """
          image-refresh release web --config refresh.yaml
          image-refresh release web --digest sha256:8df25a636fe0 --config refresh.yaml
        """;

    protected override ReleaseOptions Parse(ParseResult result) => new()
    {
        Name = result.GetRequiredValue(_name),
        Config = result.GetRequiredValue(_config),
        Cluster = _cluster.Of(result),
        Digest = result.GetValue(_digest),
        LogLevel = result.GetValue(_level) ?? LogLevel.Information,
    };

    public override async Task<int> ExecuteAsync(ReleaseOptions options, CancellationToken token)
    {
        var session = RefreshSession.Open(options.Config, options.Cluster, _context(options.LogLevel));
        var (name, images) = (options.Name, session.Configuration.Images);
        var image = images.FirstOrDefault(image => image.Name == name) ?? throw new ConfigurationException(
            $"no image is named \"{name}\"; there are {string.Join(", ", images.Select(image => image.Name))}");
        using var client = session.Connect(out var @namespace);
        var release = new QuarantineRelease(new WorkloadApi(client, @namespace), session.Context.Logger);
        var released = await release.ReleaseAsync(image, options.Digest, token);
        session.Context.Out.Write(ReleaseReport.Write(image, released));
        return ExitCodes.Done;
    }
}

/// <summary>The options of <c>image-refresh release</c>.</summary>
internal sealed record ReleaseOptions
{
    public required string Name { get; init; }

    public required string Config { get; init; }

    public required ClusterOptions Cluster { get; init; }

    public string? Digest { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;
}
