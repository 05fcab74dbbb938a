using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Hosting;
using Tracebloc.ImageRefresh.Pin;

namespace Tracebloc.ImageRefresh.Verbs;

/// <summary><c>image-refresh pin</c>: writes the digests of a chart's images into its values.</summary>
internal sealed class PinVerb : Verb<PinOptions>
{
    private readonly Argument<string> _file = new("FILE")
    {
        Description = "A chart's values. Example: values.yaml",
    };

    private readonly Option<string[]> _path = new("--path")
    {
        HelpName = "PATH",
        Description = "Path of an image: a block of repository, tag and digest, or text as in repo:tag. May be given "
            + "several times. Default: everything under images. Example: --path images.web",
    };

    private readonly Option<bool> _check = new("--check")
    {
        Description = "Change nothing, and exit with 2 when a digest differs from its tag's. Default: off. "
            + "Example: --check",
    };

    private readonly Option<bool> _unpin = new("--unpin")
    {
        Description = "Remove the digests, so that the tags count again, without a request to a registry. "
            + "Default: off. Example: --unpin",
    };

    private readonly Option<bool> _dryRun = CommonOptions.DryRun();
    private readonly Option<string> _config = RefreshOptions.RegistriesConfig();
    private readonly Option<OutputFormat?> _output = CommonOptions.Output();
    private readonly Func<LogLevel, ProgramContext> _context;

    public PinVerb(Func<LogLevel, ProgramContext> context)
        : base("pin", "Writes the digests of a chart's images into its values, and changes nothing else.")
    {
        _context = context;
        Parsing.RejectOptions(_file);
        Add(_file);
        Add(_path, _check, _unpin, _dryRun, _config, _output);
        Require(result =>
        {
            if (result.GetValue(_check) && result.GetValue(_unpin))
                result.AddError("--check and --unpin exclude each other; give one.");
        });
    }

    public override string Examples =>
        """
          image-refresh pin values.yaml
          image-refresh pin values.yaml --path web.image --path worker.image --check
          image-refresh pin values.yaml --unpin
        """;

    protected override PinOptions Parse(ParseResult result) => new()
    {
        File = result.GetRequiredValue(_file),
        Paths = result.GetValue(_path) ?? [],
        Mode = result.GetValue(_check) ? PinMode.Check
            : result.GetValue(_unpin) ? PinMode.Unpin
            : PinMode.Pin,
        DryRun = result.GetValue(_dryRun),
        Config = result.GetValue(_config),
        Output = result.GetValue(_output) ?? default,
    };

    public override Task<int> ExecuteAsync(PinOptions options, CancellationToken token)
    {
        var context = _context(LogLevel.Information);
        return PinCommand.ExecuteAsync(
            options, () => RegistryConnection.OpenOnce(options.Config, context), context.Out, token);
    }
}
