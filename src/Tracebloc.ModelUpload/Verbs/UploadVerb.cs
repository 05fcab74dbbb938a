using System.CommandLine;
using Tracebloc.CommandLine;
using Tracebloc.ModelUpload.Moving;
using Tracebloc.ModelUpload.Options;
using Tracebloc.ModelUpload.Reporting;
using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Verbs;

/// <summary>
/// <c>model-upload</c> without a word: the whole run. Its end is the container's termination message.
/// </summary>
internal sealed class UploadVerb : Verb<RawOptions>
{
    public const string Name = "model-upload";

    private readonly OptionArguments _arguments;
    private readonly UploadProcess _process;

    public UploadVerb(OptionArguments arguments, UploadProcess process)
        : base(
            Name,
            "Moves a model between S3, OCI registries, HTTP and volumes, signs it, and registers it in a Model "
            + "Registry. Each option may be a variable, too: MODEL_SYNC_ and its name in upper case.")
    {
        (_arguments, _process) = (arguments, process);
        arguments.AddTo(this);
    }

    public override string Examples =>
        """
          model-upload --source-aws-key my-model --source-s3-credentials-path /opt/creds/source \
              --destination-oci-uri ghcr.io/org/model:1.0 --model-artifact-id 6 \
              --registry-server-address https://registry.models.svc
          model-upload --source-type uri --source-uri hf://org/model:main --destination-oci-uri ghcr.io/org/model:1.0
          model-upload plan --output json
        """;

    protected override RawOptions Parse(ParseResult result) => _arguments.Read(result);

    public override async Task<int> ExecuteAsync(RawOptions options, CancellationToken token)
    {
        var session = UploadSession.Open(options, _process);
        var message = new TerminationMessage(session.Variables, session.Redaction, session.Context.Logger);
        try
        {
            var request = session.Request();
            await using var setup = await UploadSetup.OpenAsync(request, session.Context, token);
            var report = ReportOf(await RunAsync(setup, session, token), request.Intent.Kind);
            message.Write(TerminationText.OfSuccess(report));
            session.Context.Out.Write(TerminationText.OfSuccess(report) + "\n");
            return UploadExit.Done;
        }
        catch (UploadException fault)
        {
            message.Write(TerminationText.OfFailure(fault.Message));
            return session.Report(fault);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            message.Write(TerminationText.OfFailure("the run was ended by a signal"));
            throw;
        }
        catch (Exception fault)
        {
            message.Write(TerminationText.OfFailure($"{fault.GetType().Name}: {Escaped.Text(fault.Message)}"));
            throw;
        }
    }

    private async Task<UploadResult> RunAsync(UploadSetup setup, UploadSession session, CancellationToken token)
    {
        var time = session.Context.Time;
        var run = await CheckAsync(setup, time, token);
        var counter = new TransferCounter(run.Plan.Length, time);
        using var progress = new ProgressReporter(counter, _process.Progress, _process.Width, time);
        var transfer = setup.Transfer with { Progress = counter };
        return await new UploadRun(setup.Parts, transfer, session.Context.Logger).RunAsync(run, token);
    }

    private static async Task<Checked> CheckAsync(UploadSetup setup, TimeProvider time, CancellationToken token)
    {
        using var deadline = new Deadline(UploadDeadlines.Checks, time, token);
        try
        {
            return await Checks.RunAsync(setup.Parts, isWriting: true, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            throw new UploadException(
                UploadExit.Source, $"Checks did not end within {UploadDeadlines.Checks.TotalMinutes:0} minutes")
            {
                IsTransient = true,
            };
        }
    }

    private static RunReport ReportOf(UploadResult result, UploadIntent intent) => new()
    {
        Intent = intent,
        RegisteredModelId = result.Ids.ModelId,
        ModelVersionId = result.Ids.ModelVersionId,
        ModelArtifactId = result.Ids.ModelArtifactId,
        Uri = result.Publication.Uri,
        Digest = result.Publication.Digest?.ToString(),
    };
}
