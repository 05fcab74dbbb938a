using Microsoft.AspNetCore.Http;
using Tracebloc.JobsManager.Access;
using Tracebloc.JobsManager.Datasets;
using Tracebloc.JobsManager.Submissions;
using Tracebloc.Web;

namespace Tracebloc.JobsManager.Web;

/// <summary>Lists, shows and deletes data sets, for callers that may write their tables.</summary>
internal sealed class DatasetRoutes(
    CallerFinder callers, PolicyFile policy, DatasetCatalog catalog, DatasetRemoval removal, Deadlines deadlines)
{
    private const string Datasets = "/internal/datasets", OneDataset = $"{Datasets}/{{key}}", DryRun = "dry_run";

    public IReadOnlyList<Route> All =>
    [
        new("GET", Datasets, callers.Required(Readable(ListAsync))),
        new("GET", OneDataset, callers.Required(Readable(Permitted(ShowAsync)))),
        new("DELETE", OneDataset, callers.Required(Readable(Permitted(DeleteAsync)))),
    ];

    private async Task<Answer> ListAsync(Caller caller, Call call, CancellationToken token)
    {
        if (call.Request.Query.Count > 0) return Malformed("The query must be empty");
        var rules = policy.Current();
        var found = await catalog.ListAsync(table => rules.Allows(caller, table), token);
        return JsonAnswer.Of(StatusCodes.Status200OK, new DatasetsJson([.. found.Select(DatasetView.Of)]));
    }

    private async Task<Answer> ShowAsync(Caller caller, Call call, CancellationToken token)
    {
        if (call.Request.Query.Count > 0) return Malformed("The query must be empty");
        if (await catalog.FindAsync(call["key"], token) is not { } dataset)
            return JsonAnswer.Fault(StatusCodes.Status404NotFound, $"There is no data set {call["key"]}");
        var columns = await catalog.ColumnsAsync(dataset, token);
        var labels = await catalog.LabelsAsync(dataset, token);
        return JsonAnswer.Of(StatusCodes.Status200OK, DatasetView.Of(dataset, columns, labels));
    }

    private async Task<Answer> DeleteAsync(Caller caller, Call call, CancellationToken token)
    {
        var query = call.Request.Query;
        if (query.Keys.Any(name => name != DryRun)
            || (query.Count > 0 && (string?)query[DryRun] is not ("true" or "false")))
            return Malformed($"The query may be ?{DryRun}=true only");
        var outcome = (string?)query[DryRun] == "true"
            ? await removal.TryAsync(call["key"], token)
            : await removal.DeleteAsync(caller, call["key"], token);
        return outcome switch
        {
            { Deletion: { } deletion } => JsonAnswer.Of(
                StatusCodes.Status202Accepted,
                new DeletionJson(deletion.JobName, deletion.Namespace, deletion.Table)),
            { Loss: { } loss } => JsonAnswer.Of(
                StatusCodes.Status200OK,
                new LossJson(loss.Table, loss.Rows, loss.Bytes, loss.Files, loss.Runs)),
            { Refusal: { } refusal } => RunAnswer.Of(refusal, deadlines),
            _ => throw new InvalidOperationException($"{outcome}"),
        };
    }

    /// <summary>A route for callers that may write the table alone.</summary>
    private Func<Caller, Call, CancellationToken, Task<Answer>> Permitted(
        Func<Caller, Call, CancellationToken, Task<Answer>> answer) => (caller, call, token) =>
    {
        var rules = policy.Current();
        return rules.Allows(caller, call["key"])
            ? answer(caller, call, token)
            : Task.FromResult(RunAnswer.Of(Rights.Missing(caller, rules, call["key"]), deadlines));
    };

    /// <summary>A route that reads the database of data sets.</summary>
    private Func<Caller, Call, CancellationToken, Task<Answer>> Readable(
        Func<Caller, Call, CancellationToken, Task<Answer>> answer) => async (caller, call, token) =>
    {
        try
        {
            return await answer(caller, call, token);
        }
        catch (UnreadableException denied)
        {
            return JsonAnswer.Unavailable(denied.Message, deadlines);
        }
    };

    private static Answer Malformed(string detail) => JsonAnswer.Fault(StatusCodes.Status400BadRequest, detail);
}
