using System.CommandLine;
using Tracebloc.Cli.Describing;
using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;
using Tracebloc.Ingestion.Datasets;
using Tracebloc.Ingestion.Validation;

namespace Tracebloc.Cli.Verbs;

/// <summary><c>tracebloc ingest validate</c>: needs no cluster and no network.</summary>
internal sealed class IngestValidateVerb : Verb<IngestValidateOptions>
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "The descriptions: ingest.yaml, as YAML or JSON.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _data = new("--data")
    {
        HelpName = "DIR",
        Description = "The folder of the data, in place of the deepest folder that holds all paths of a description. "
            + "Default: none, descriptions alone are validated. Example: --data ./houses",
    };

    private readonly ScreenArguments _screen = new();
    private readonly Func<ScreenOptions, Screen> _open;

    public IngestValidateVerb(Func<ScreenOptions, Screen> open)
        : base("validate", "Reads descriptions, with --data also their data, and reports every error and its remedy.")
    {
        _open = open;
        Parsing.RejectOptions(_files);
        Add(_files);
        Add(_data);
        _screen.AddTo(this);
    }

    public override string Examples =>
        """
          tracebloc ingest validate ingest.yaml
          tracebloc ingest validate ingest.yaml --data ./houses
          tracebloc ingest validate train.yaml test.yaml --output json
        """;

    protected override IngestValidateOptions Parse(ParseResult result) =>
        new(result.GetRequiredValue(_files), result.GetValue(_data), _screen.Of(result));

    public override async Task<int> ExecuteAsync(IngestValidateOptions options, CancellationToken token)
    {
        var screen = _open(options.Screen);
        if (options.Data is { } folder && !Directory.Exists(folder))
            throw new CliException(CliExit.Local, $"--data: {folder} is no folder; give the folder of the data");
        var files = new List<ValidatedFileJson>();
        foreach (var file in options.Files) files.Add(await ValidateAsync(file, options.Data, screen, token));
        var code = files.Max(file => file.ExitCode);
        var ending = code == CliExit.Done ? Ending.Succeeded : Ending.OfFault(code);
        screen.Result(
            new(ending.Status, ending.ExitCode, files), IngestValidateContext.Readable.IngestValidateJson);
        return ending.ExitCode;
    }

    private static async Task<ValidatedFileJson> ValidateAsync(
        string path, string? folder, Screen screen, CancellationToken token)
    {
        var file = DescriptionFile.Read(path);
        if (file.Specification is not { } specification)
        {
            screen.Warn($"{path}: not valid: {ValidationText.Counted(file.Errors.Count, "error")}");
            foreach (var error in file.Errors) screen.Complain($"{error}");
            return ValidatedFileJson.Of(path, file);
        }

        var result = folder is null ? null : await new LocalValidation(screen).RunAsync(
            specification, DatasetFolder.Of(specification, folder), token);
        screen.Line(ValidationText.Report(path, specification, result));
        return ValidatedFileJson.Of(path, file, result);
    }
}

internal sealed record IngestValidateOptions(IReadOnlyList<string> Files, string? Data, ScreenOptions Screen);
