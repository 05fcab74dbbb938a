using Tracebloc.CommandLine;
using Tracebloc.Configuration;
using Tracebloc.Hosting;
using Tracebloc.Ingestion.Specifications;
using Tracebloc.Ingestion.Submitting;
using Tracebloc.Ingestor.Progress;
using Tracebloc.Ingestor.Submitting;
using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.Ingestor.Verbs;

/// <summary>One submission: reads the file, derives the key, submits, and waits if that is wanted.</summary>
internal sealed class SubmitSession(SubmitOptions options, ProgramContext program)
{
    private const string Pod = KubernetesClientConfiguration.ServiceAccountDirectory;

    /// <summary>All that is known so far.</summary>
    public SubmissionJson Result { get; private set; } = new() { File = options.File };

    private bool IsText => options.Output == OutputFormat.Text;

    private KubernetesClientConfiguration Cluster => field ??= ClusterConnection.Find(
        options.Cluster.Kubeconfig, options.Cluster.Context, program.Variable);

    private string Namespace => options.Namespace ?? Cluster.Namespace;

    /// <exception cref="ConfigurationException">The specification has errors; nothing was sent.</exception>
    /// <exception cref="IngestorException">The run was not accepted, or did not succeed.</exception>
    public async Task RunAsync(CancellationToken token)
    {
        try
        {
            await SubmitAsync(token);
        }
        catch (SubmittingException fault)
        {
            throw SubmitClient.Fault(fault);
        }
    }

    private async Task SubmitAsync(CancellationToken token)
    {
        var text = Read();
        var key = options.Key ?? SubmitKey.Of(
            await UidAsync(token), text, options.ImageDigest, options.Parallelism);
        Result = Result with { Key = key };
        using var client = SubmitClient.Open(
            options.To ?? JobsManagerAddress.In(Namespace),
            new TokenFile(options.TokenFile ?? Path.Combine(Pod, "token")),
            options,
            program);
        var run = await client.SubmitAsync(
            new RunSubmission
            {
                IngestConfig = text,
                IdempotencyKey = key,
                ImageDigest = options.ImageDigest,
                Parallelism = options.Parallelism,
            },
            token);
        Result = Result with
        {
            JobName = run.JobName,
            Namespace = run.Namespace,
            Replay = run.Replay,
            State = run.BadEnd?.State,
        };
        if (run.BadEnd is { } end) throw EarlierFault(end, key);
        if (IsText) program.Out.Write(Text(key, run));
        if (options.Wait is { } limit) await WaitAsync(client, key, limit, token);
    }

    /// <summary>Adds a failure to the result.</summary>
    public void Fail(Exception fault) => Result = Result with
    {
        Error = fault is ConfigurationException ? $"{options.File} is not valid" : Ending.LinesOf(fault).First(),
        Errors = fault switch
        {
            ConfigurationException invalid => [.. invalid.Errors.Select(FaultJson.Of)],
            IngestorException rejected => [.. rejected.Errors.Select(FaultJson.Of)],
            _ => [],
        },
    };

    private string Read()
    {
        var errors = new ConfigurationErrors(options.File);
        var text = ConfigurationDocument.ReadText(options.File, errors)?.TrimStart('\uFEFF');
        var specification = text is null ? null : IngestDocument.Parse(text, errors);
        errors.ThrowIfAny();
        if (text is null || specification is null) throw new ConfigurationException(errors.InOrder());
        Ending.LogWarnings(program.Logger, specification.Warnings);
        return text;
    }

    private async Task<string> UidAsync(CancellationToken token)
    {
        if (options.ConfigMap is not { } name) return "";
        using var client = new KubernetesClient(
            Cluster, program.Time, new KubernetesClientOptions { UserAgent = "tracebloc-ingestor" });
        return await new ConfigMapUid(client, program.Time, program.Logger)
            .ReadAsync(Namespace, name, options.Timeout, token);
    }

    private async Task WaitAsync(JobsManagerClient client, string key, TimeSpan limit, CancellationToken token)
    {
        var start = program.Time.GetTimestamp();
        var watch = new RunWatch(
            client, program.Time, (run, elapsed) => SubmitLog.State(program.Logger, key, run.State, elapsed));
        var report = await watch.UntilOverAsync(key, limit, token);
        if (report is not { IsOver: true })
            throw NotOver(key, report?.State ?? "accepted", program.Time.GetElapsedTime(start));
        Result = Result with { State = report.State, Summary = report.Summary };
        if (!report.HasSucceeded) throw new IngestorException(IngestorExit.Failed, report.Describe(key));
        if (IsText) program.Out.Write($"Run {key} succeeded\n{report.Summary?.ToJsonString()}\n");
    }

    private static IngestorException EarlierFault(RunReport end, string key) => new(
        IngestorExit.Failed,
        $"{end.Describe(key)}; it was submitted before and nothing new was started: change the file, or submit it "
        + "under another key");

    private static IngestorException NotOver(string key, string state, TimeSpan elapsed) => new(
        IngestorExit.Failed,
        $"Run {key} is {state} and not over after {ProgressText.Duration(elapsed)}; it goes on, wait longer with "
        + "--wait-timeout");

    private static string Text(string key, AcceptedRun run) => run.DeletedAt is { } time
        ? $"Run {key} was submitted before, and its data set was deleted at {Line.Of(time)}; nothing new was started: "
            + "submit it under another key to load it again\n"
        : run.Replay
        ? $"Run {key} was submitted before: Job {run.JobName} in namespace {run.Namespace}; nothing new was started\n"
            + $"Follow it: {run.Following}\n"
        : $"Run {key} is accepted: Job {run.JobName} in namespace {run.Namespace}\nFollow it: {run.Following}\n";
}
