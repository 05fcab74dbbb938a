using System.CommandLine;
using Microsoft.Extensions.Logging;

namespace Tracebloc.CommandLine.Tests;

/// <summary>A verb of a sample program: exits with 42, or waits for its token.</summary>
internal sealed class GreetVerb : Verb<GreetOptions>
{
    private readonly Argument<string> _name = new("NAME") { Description = "Example: world" };
    private readonly Option<OutputFormat?> _output = CommonOptions.Output();
    private readonly Option<LogLevel?> _level = CommonOptions.Level();
    private readonly Option<TimeSpan?> _patience = CommonOptions.OfDuration("--patience", "Example: --patience 5m");
    private readonly Option<bool> _dryRun = CommonOptions.DryRun();
    private readonly ClusterArguments _cluster = new();

    public GreetVerb()
        : base("greet", "Greets by name.")
    {
        Parsing.RejectOptions(_name);
        Add(_name);
        Add(_patience, _dryRun, _output, _level);
        _cluster.AddTo(this);
        Require(result =>
        {
            if (result.GetValue(_dryRun) && result.GetValue(_patience) is not null)
                result.AddError("--dry-run and --patience exclude each other; give one.");
        });
    }

    public override string Examples => "  sample greet world";

    protected override GreetOptions Parse(ParseResult result) => new(
        result.GetRequiredValue(_name),
        result.GetValue(_patience),
        result.GetValue(_output) ?? default,
        result.GetValue(_level) ?? LogLevel.Information,
        _cluster.Of(result));

    public override Task<int> ExecuteAsync(GreetOptions options, CancellationToken token) =>
        token.IsCancellationRequested ? Task.FromCanceled<int>(token) : Task.FromResult(42);
}

internal sealed record GreetOptions(
    string Name, TimeSpan? Patience, OutputFormat Output, LogLevel Level, ClusterOptions Cluster);
