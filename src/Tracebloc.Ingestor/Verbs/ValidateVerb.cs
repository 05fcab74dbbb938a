using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Configuration;
using Tracebloc.Hosting;

namespace Tracebloc.Ingestor.Verbs;

/// <summary><c>ingestor validate</c>: needs no cluster, no database and no network.</summary>
internal sealed class ValidateVerb : Verb<ValidateOptions>
{
    private readonly Argument<string> _file = new("FILE") { Description = "The specification: ingest.yaml." };
    private readonly Option<LogLevel?> _level = CommonOptions.Level();
    private readonly Func<LogLevel, ProgramContext> _context;

    public ValidateVerb(Func<LogLevel, ProgramContext> context)
        : base("validate", "Reads a specification and reports every error, with line and remedy.")
    {
        _context = context;
        Parsing.RejectOptions(_file);
        Add(_file);
        Add(_level);
    }

    public override string Examples =>
        """
          ingestor validate ingest.yaml
        """;

    protected override ValidateOptions Parse(ParseResult result) =>
        new(result.GetRequiredValue(_file), result.GetValue(_level) ?? LogLevel.Information);

    public override Task<int> ExecuteAsync(ValidateOptions options, CancellationToken token)
    {
        var errors = new ConfigurationErrors(options.File);
        ConfigurationDocument.Read(options.File, errors);
        errors.ThrowIfAny();
        _context(options.LogLevel).Out.Write($"{options.File}: no error in its YAML\n");
        return Task.FromResult(IngestorExit.Done);
    }
}
