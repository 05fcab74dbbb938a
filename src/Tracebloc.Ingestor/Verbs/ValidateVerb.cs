using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.Ingestion.Specifications;

namespace Tracebloc.Ingestor.Verbs;

/// <summary><c>ingestor validate</c>: needs no cluster, no database and no network.</summary>
internal sealed class ValidateVerb : Verb<ValidateOptions>
{
    private readonly Argument<string> _file = new("FILE") { Description = "The specification: ingest.yaml." };
    private readonly Option<OutputFormat?> _output = CommonOptions.Output();
    private readonly Option<LogLevel?> _level = CommonOptions.Level();
    private readonly Func<LogLevel, ProgramContext> _context;

    public ValidateVerb(Func<LogLevel, ProgramContext> context)
        : base("validate", "Reads a specification and reports every error, with line and remedy.")
    {
        _context = context;
        Parsing.RejectOptions(_file);
        Add(_file);
        Add(_output, _level);
    }

    public override string Examples =>
        """
          ingestor validate ingest.yaml
          ingestor validate ingest.yaml --output json
        """;

    protected override ValidateOptions Parse(ParseResult result) => new(
        result.GetRequiredValue(_file),
        result.GetValue(_output) ?? default,
        result.GetValue(_level) ?? LogLevel.Information);

    public override Task<int> ExecuteAsync(ValidateOptions options, CancellationToken token)
    {
        var output = _context(options.LogLevel).Out;
        var errors = new ConfigurationErrors(options.File);
        var specification = IngestDocument.Read(options.File, errors);
        if (options.Output == OutputFormat.Json)
        {
            output.Write(SpecificationReportJson.Write(options.File, specification, errors));
            return Task.FromResult(specification is null ? IngestorExit.Usage : IngestorExit.Done);
        }

        errors.ThrowIfAny();
        if (specification is not null) output.Write(Text(options.File, specification));
        return Task.FromResult(IngestorExit.Done);
    }

    private static string Text(string file, IngestSpecification specification) =>
        string.Concat(specification.Warnings.Select(warning => $"warning: {warning}\n"))
        + $"{file}: valid: {specification.Category}, {specification.Intent.ToString().ToLowerInvariant()} rows of table "
        + $"{specification.Table}\n";
}
