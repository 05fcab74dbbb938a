using Microsoft.AspNetCore.Http;
using Tracebloc.JobsManager.Access;
using Tracebloc.JobsManager.Runs;
using Tracebloc.JobsManager.Submissions;
using Tracebloc.Web;

namespace Tracebloc.JobsManager.Web;

/// <summary>Submits, lists, shows and cancels runs, for callers that may write their tables.</summary>
internal sealed class RunRoutes(
    CallerFinder callers, PolicyFile policy, RunTable table, Submission submission, Cancellation cancellation,
    Deadlines deadlines)
{
    private const string Runs = "/internal/ingestion-runs", OneRun = $"{Runs}/{{key}}";

    // Runs are read before the policy picks the caller's: those of a quiet table are not among the newest.
    private const int MostRead = 10_000;

    // Of one answer.
    private const int MostListed = 1000;

    public IReadOnlyList<Route> All =>
    [
        new("POST", "/internal/submit-ingestion-run", callers.Required(SubmitAsync)),
        new("GET", Runs, callers.Required(ListAsync)),
        new("GET", OneRun, callers.Required(ShowAsync)),
        new("DELETE", OneRun, callers.Required(CancelAsync)),
    ];

    private async Task<Answer> SubmitAsync(Caller caller, Call call, CancellationToken token)
    {
        var body = await RequestBody.ReadAsync(call.Request, SubmitRequestReader.MostBytes, token);
        return body is { } bytes
            ? RunAnswer.Of(await submission.SubmitAsync(caller, policy.Current(), bytes, token), deadlines)
            : JsonAnswer.Fault(
                StatusCodes.Status413PayloadTooLarge,
                $"The body is larger than {SubmitRequestReader.MostBytes / 1024} KiB; shorten the ingest.yaml");
    }

    private async Task<Answer> ListAsync(Caller caller, Call call, CancellationToken token)
    {
        var query = call.Request.Query;
        if (query.Keys.FirstOrDefault(name => name != "table") is not null || query["table"].Count > 1)
            return JsonAnswer.Fault(StatusCodes.Status400BadRequest, "The query may be ?table=NAME only");
        var (rules, name) = (policy.Current(), (string?)query["table"]);
        if (name is not null && !rules.Allows(caller, name))
            return RunAnswer.Of(Rights.Missing(caller, rules, name), deadlines);
        var runs = await table.ListAsync(name, MostRead, token);
        return JsonAnswer.Of(StatusCodes.Status200OK, new RunsJson(
            [.. runs.Where(run => rules.Allows(caller, run.Request.Table)).Take(MostListed).Select(RunView.Of)]));
    }

    private async Task<Answer> ShowAsync(Caller caller, Call call, CancellationToken token) =>
        RunKey.TryParse(call["key"], out var key)
        && await table.FindAsync(key, token) is { } run
        && policy.Current().Allows(caller, run.Request.Table)
            ? JsonAnswer.Of(StatusCodes.Status200OK, RunView.Of(run))
            : Unknown();

    private async Task<Answer> CancelAsync(Caller caller, Call call, CancellationToken token)
    {
        if (!RunKey.TryParse(call["key"], out var key)) return Unknown();
        var outcome = await cancellation.CancelAsync(caller, policy.Current(), key, token);
        return outcome switch
        {
            { Run: { } run } => JsonAnswer.Of(StatusCodes.Status202Accepted, RunView.Of(run)),
            { Refusal: { Kind: not RefusalKind.Unknown } refusal } => RunAnswer.Of(refusal, deadlines),
            _ => Unknown(),
        };
    }

    // The same for a run of another's table as for none: keys of others are not to be found out.
    private static Answer Unknown() =>
        JsonAnswer.Fault(StatusCodes.Status404NotFound, "There is no such run of a table that the caller may write");
}
