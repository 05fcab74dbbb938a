using System.CommandLine;
using Tracebloc.CommandLine;
using Tracebloc.ModelUpload.Moving;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Planning;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Verbs;

/// <summary><c>model-upload plan</c>: all that a run would do, without doing it.</summary>
internal sealed class PlanVerb : Verb<PlanOptions>
{
    private readonly OptionArguments _arguments;
    private readonly UploadProcess _process;
    private readonly Option<OutputFormat?> _output = CommonOptions.Output();

    public PlanVerb(OptionArguments arguments, UploadProcess process)
        : base("plan", "Shows what would be moved, copied and registered; only reads.")
    {
        (_arguments, _process) = (arguments, process);
        Add(_output);
    }

    public override string Examples =>
        """
          model-upload plan --source-type pvc --source-pvc-path /mnt/model --destination-oci-uri ghcr.io/org/model:1.0
          model-upload plan --output json
        """;

    protected override PlanOptions Parse(ParseResult result) =>
        new(_arguments.Read(result), result.GetValue(_output) ?? OutputFormat.Text);

    public override async Task<int> ExecuteAsync(PlanOptions options, CancellationToken token)
    {
        var session = UploadSession.Open(options.Raw, _process);
        try
        {
            await using var setup = await UploadSetup.OpenAsync(session.Request(), session.Context, token);
            using var deadline = new Deadline(UploadDeadlines.Checks, session.Context.Time, token);
            var run = await Checks.RunAsync(setup.Parts, isWriting: false, deadline.Token);
            session.Context.Out.Write(session.Redaction.Apply(
                options.Format == OutputFormat.Json ? PlanJson.Of(run.Plan) : PlanText.Of(run.Plan)));
            return UploadExit.Done;
        }
        catch (UploadException fault)
        {
            return session.Report(fault);
        }
    }
}

/// <summary>The options of <c>plan</c>.</summary>
internal sealed record PlanOptions(RawOptions Raw, OutputFormat Format);
