using Tracebloc.Cli.Finding;
using Tracebloc.Cli.Runs;
using Tracebloc.Cli.Terminal;
using Tracebloc.Ingestion.Submitting;
using Tracebloc.Net;

namespace Tracebloc.Cli.Pushing;

/// <summary>One push from the folder to its run's end; <see cref="Result"/> has all that is known so far.</summary>
internal sealed class Push(PushOptions options, Screen screen)
{
    public PushJson Result { get; private set; } = new();

    /// <returns>The end, and its fault; null without one.</returns>
    /// <exception cref="CliException">A step cannot be done.</exception>
    /// <exception cref="Interruption">The caller cancelled.</exception>
    public async Task<(Ending Ending, string? Fault)> RunAsync(CancellationToken token)
    {
        try
        {
            return await PushAsync(token);
        }
        catch (OperationCanceledException e) when (e is not Interruption && token.IsCancellationRequested)
        {
            throw new Interruption(
                Result.Run is { } key
                    ? $"The submission of run {key} was interrupted, and may have arrived; tracebloc dataset status "
                        + $"{key} shows it"
                    : "The push was interrupted before its submission; the same command sends what is missing",
                e);
        }
    }

    private async Task<(Ending Ending, string? Fault)> PushAsync(CancellationToken token)
    {
        if (await new PushPreparation(screen).PrepareAsync(options, token) is not { } push)
        {
            screen.Line("Cancelled: nothing was sent.");
            return (Ending.Cancelled, null);
        }

        Result = Result with { Table = push.Table, Category = push.Category, Intent = push.Intent };
        using var session = ClusterSession.Open(options.Release, screen);
        using var target = await PushTarget.FindAsync(session, push.Table, screen, token);
        Result = Result with { Namespace = target.Release.Namespace };
        var state = await PushState.ReadAsync(target.Runs, push, options.Key, token);
        Show(push, target);
        if (state.IsNew) state.RequireFree(options, target);
        if (options.DryRun && state.Loaded is null)
        {
            screen.Line("Nothing was sent: a dry run");
            return (Ending.DryRun, null);
        }

        if (state.IsNew && !state.IsRepetition)
        {
            var staged = await new PushStaging(target, screen).StageAsync(push, options.Compress, token);
            Result = Result with { Staged = staged };
            // Another push may have been faster.
            state = await PushState.ReadAsync(target.Runs, push, options.Key, token);
            if (state.IsNew) state.RequireFree(options, target);
        }

        if (state.Loaded is { } loaded) return Unchanged(loaded);
        var run = state.UnderWay is { } active ? Attach(active) : await SubmitAsync(push, target, state, token);
        return options.Detach ? Detach(run) : await FollowAsync(run, target, token);
    }

    private void Show(PreparedPush push, PushTarget target)
    {
        screen.Line($"Table {push.Table} in {target.Release}, {target.Session.Server}");
        if (!options.DryRun && !screen.IsVerbose) return;
        screen.Line("The ingest.yaml:", Tone.Strong);
        foreach (var line in push.Request.Yaml.TrimEnd('\n').Split('\n')) screen.Line($"  {line}");
    }

    private (Ending Ending, string? Fault) Unchanged(RunReport run)
    {
        screen.Line($"Nothing to do: run {run.IdempotencyKey} has loaded exactly this data");
        foreach (var line in RunText.Of(RunSummary.Of(run.Summary))) screen.Line(line);
        Result = Result with
        {
            Run = run.IdempotencyKey,
            JobName = run.JobName,
            Summary = run.Summary?.DeepClone(),
            Unchanged = true,
        };
        return (RunEnd.Of(run), RunEnd.FaultOf(run, run.IdempotencyKey));
    }

    private PushedRun Attach(RunReport run)
    {
        screen.Line($"Run {run.IdempotencyKey} is loading exactly this data; following it");
        Result = Result with { Run = run.IdempotencyKey, JobName = run.JobName };
        return new(run.IdempotencyKey, run.JobName, run.Namespace);
    }

    private async Task<PushedRun> SubmitAsync(
        PreparedPush push, PushTarget target, PushState state, CancellationToken token)
    {
        var key = options.Key ?? RunKey.New(push.Table, push.Digest);
        Result = Result with { Run = key };
        screen.Line($"Run: {key}");
        var accepted = await target.Runs.Client.SubmitAsync(
            new RunSubmission
            {
                IngestConfig = push.Request.Yaml,
                IdempotencyKey = key,
                ImageDigest = options.ImageDigest,
                Overwrite = options.Overwrite && state.Dataset is not null ? true : null,
            },
            token);
        Result = Result with { JobName = accepted.JobName };
        if (accepted.BadEnd is { } end)
            throw new CliException(
                CliExit.Run,
                $"{end.Describe(key)}; it was submitted before and nothing new was started: push without "
                + "--idempotency-key, or with another one");
        if (accepted.DeletedAt is { } deleted)
            throw new CliException(
                CliExit.Run,
                $"Run {key} was submitted before, and its data set was deleted at {Line.Of(deleted)}; nothing new was "
                + "started: push without --idempotency-key, or with another one");
        screen.Line(accepted.Replay
            ? $"Submitted before: Job {accepted.JobName} in namespace {accepted.Namespace}; nothing new was started"
            : $"Submitted: Job {accepted.JobName} in namespace {accepted.Namespace}");
        return new(key, accepted.JobName, accepted.Namespace);
    }

    private (Ending Ending, string? Fault) Detach(PushedRun run)
    {
        screen.Line($"It goes on by itself; follow it: tracebloc dataset watch {run.Key}");
        return (Ending.Detached, null);
    }

    private async Task<(Ending Ending, string? Fault)> FollowAsync(
        PushedRun run, PushTarget target, CancellationToken token)
    {
        var end = await new RunFollow(target.Runs, screen).UntilOverAsync(run.Key, run.Job, run.Namespace, token);
        Result = Result with { Summary = end?.Summary?.DeepClone() };
        var ending = RunEnd.Of(end);
        if (ending == Ending.Succeeded) screen.Line($"Table {end?.Table} is loaded", Tone.Good);
        foreach (var line in RunText.Of(RunSummary.Of(end?.Summary))) screen.Line(line);
        return (ending, RunEnd.FaultOf(end, run.Key));
    }

    /// <summary>A run that was accepted.</summary>
    private sealed record PushedRun(string Key, string Job, string Namespace);
}
