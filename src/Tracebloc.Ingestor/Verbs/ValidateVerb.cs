using System.CommandLine;
using Microsoft.Extensions.Logging;
using Tracebloc.CommandLine;
using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Validation;
using Tracebloc.Ingestor.Processors;
using Tracebloc.Ingestor.Running;

namespace Tracebloc.Ingestor.Verbs;

/// <summary><c>ingestor validate</c>: needs no cluster, no database and no network.</summary>
internal sealed class ValidateVerb : Verb<ValidateOptions>
{
    private readonly Argument<string> _file = new("FILE") { Description = "The specification: ingest.yaml." };
    private readonly Option<string> _data = new("--data")
    {
        HelpName = "DIR",
        Description = "The folder of the data, in place of the deepest folder that holds all paths of the "
            + "specification. Default: none, the specification alone is validated. Example: --data ./houses",
    };

    private readonly Option<OutputFormat?> _output = CommonOptions.Output();
    private readonly Option<LogLevel?> _level = CommonOptions.Level();
    private readonly Func<LogLevel, ProgramContext> _context;

    public ValidateVerb(Func<LogLevel, ProgramContext> context)
        : base("validate", "Reads a specification, with --data also its data, and reports every error and its remedy.")
    {
        _context = context;
        Parsing.RejectOptions(_file);
        Add(_file);
        Add(_data, _output, _level);
    }

    public override string Examples =>
        """
          ingestor validate ingest.yaml
          ingestor validate ingest.yaml --data ./houses
          ingestor validate ingest.yaml --output json
        """;

    protected override ValidateOptions Parse(ParseResult result) => new(
        result.GetRequiredValue(_file),
        result.GetValue(_data),
        result.GetValue(_output) ?? default,
        result.GetValue(_level) ?? LogLevel.Information);

    public override async Task<int> ExecuteAsync(ValidateOptions options, CancellationToken token)
    {
        var context = _context(options.LogLevel);
        var errors = new ConfigurationErrors(options.File);
        var specification = IngestDocument.Read(options.File, errors);
        var isJson = options.Output == OutputFormat.Json;
        if (!isJson) errors.ThrowIfAny();
        if (specification is null)
        {
            context.Out.Write(SpecificationReportJson.Write(options.File, specification, errors));
            return IngestorExit.Usage;
        }

        ValidationResult? result = null;
        var exit = options.Data is null
            ? IngestorExit.Done
            : await Ending.OfAsync(
                context.Logger,
                async stop => result = await DataAsync(specification, options.Data, context, stop),
                token);
        if (exit != IngestorExit.Done) return exit;
        context.Out.Write(isJson
            ? SpecificationReportJson.Write(options.File, specification, errors, result)
            : ValidationText.Report(options.File, specification, result));
        return result is { IsValid: false } ? IngestorExit.Failed : IngestorExit.Done;
    }

    private static async Task<ValidationResult> DataAsync(
        IngestSpecification specification, string folder, ProgramContext context, CancellationToken token)
    {
        if (!Directory.Exists(folder))
            throw new IngestorException(
                IngestorExit.Usage, $"--data: folder {folder} does not exist; give the folder of the data");
        var data = DatasetFolder.Of(specification, folder);
        var host = ProcessorHost.Find(
            context.Variable("PYTHON"), context.Variable("PATH"), new IngestorDeadlines(), context.Time);
        var scratch = Directory.CreateTempSubdirectory("ingestor-");
        try
        {
            var rows = new SourceRows(specification, data, host, Path.Combine(scratch.FullName, "rows.json"));
            return await new DataValidation(rows, scratch.FullName, context.Logger, context.Time)
                .RunAsync(FilesValidation.Of(specification, data), token);
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }
}
