using System.CommandLine;
using System.Text;
using Tracebloc.Cli.Describing;
using Tracebloc.Cli.Looking;
using Tracebloc.Cli.Terminal;
using Tracebloc.CommandLine;
using Tracebloc.Net.Files;

namespace Tracebloc.Cli.Verbs;

/// <summary><c>tracebloc ingest init</c>: writes the ingest.yaml that push would send, for a person to edit.</summary>
internal sealed class IngestInitVerb : Verb<IngestInitOptions>
{
    private const string FileName = "ingest.yaml";

    private readonly Argument<string> _data = new("DIR") { Description = "The folder of the data set, or its CSV." };
    private readonly DescriptionArguments _description = new();
    private readonly ScreenArguments _screen = new();
    private readonly Option<bool> _force = new("--force")
    {
        Description = $"Replace an {FileName} that is there. Default: off. Example: --force",
    };

    private readonly Func<ScreenOptions, Screen> _open;

    public IngestInitVerb(Func<ScreenOptions, Screen> open)
        : base("init", $"Writes the {FileName} of a data set, with comments, for you to edit.")
    {
        _open = open;
        Parsing.RejectOptions(_data);
        Add(_data);
        _description.AddTo(this, hasConfig: false);
        Add(_force);
        _screen.AddTo(this, asks: true);
    }

    public override string Examples =>
        $"""
          tracebloc ingest init ./cats-dogs --category image_classification --label-column label
          tracebloc ingest init ./houses.csv --category tabular_regression --label-column price

        {CategoryText.All}
        """;

    protected override IngestInitOptions Parse(ParseResult result) => new(
        result.GetRequiredValue(_data),
        _description.Of(result) with { IsDraft = true },
        result.GetValue(_force),
        _screen.Of(result));

    public override async Task<int> ExecuteAsync(IngestInitOptions options, CancellationToken token)
    {
        var screen = _open(options.Screen);
        var origin = LocalOrigin.Of(options.Data);
        var file = Path.Combine(origin.Root, FileName);
        if (Path.Exists(file) && !options.Force)
            throw new CliException(CliExit.Local, $"{file} exists already; keep it, or give --force to replace it");
        var dataset = await new DatasetDescriber(screen).DescribeAsync(origin, options.Description, token);
        if (dataset is null)
        {
            screen.Line("Cancelled: nothing was written.");
            screen.Result(IngestInitJson.Of(Ending.Cancelled), IngestInitContext.Readable.IngestInitJson);
            return Ending.Cancelled.ExitCode;
        }

        var yaml = SpecificationYaml.Write(dataset.Specification, hasComments: true);
        FileReplacement.Create(file, Encoding.UTF8.GetBytes(yaml));
        screen.Line($"Written: {file}");
        screen.Line($"Check it: tracebloc ingest validate {file} --data {origin.Root}");
        var (ending, specification) = (Ending.Succeeded, dataset.Specification);
        screen.Result(
            IngestInitJson.Of(ending) with
            {
                File = file,
                Category = specification.Category,
                Table = specification.Table,
                Intent = specification.Intent.ToString().ToLowerInvariant(),
            },
            IngestInitContext.Readable.IngestInitJson);
        return ending.ExitCode;
    }
}

internal sealed record IngestInitOptions(
    string Data, DescriptionOptions Description, bool Force, ScreenOptions Screen);
