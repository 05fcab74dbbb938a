using Microsoft.AspNetCore.Http;
using Tracebloc.MetadataSync.Kinds;
using Tracebloc.Web;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>
/// Deletes one object, the one that GET returns for its name: through the API server where it is live, in the database
/// where it is evicted.
/// </summary>
internal sealed class ObjectDeletion(ObjectStore store, LiveDeletion live, EvictedDeletion evicted)
{
    /// <exception cref="QueryException">There is no such object, or it changes, or the API server refuses.</exception>
    public async Task<Answer> DeleteAsync(DeletionRequest request, string name, CancellationToken token)
    {
        var kind = request.Selection.Kind;
        if (await store.PlaceAsync(request.Selection, name, token) is not var (row, isEvicted, version))
            throw QueryException.NotFound(kind, name);
        var (uid, asked) = (request.Options.Uid ?? row.Uid, request.Options.ResourceVersion);
        if (uid != row.Uid) throw Conflict(kind, row, $"the precondition is uid {uid}, and the object has {row.Uid}");
        if (!isEvicted)
        {
            if (await live.DeleteAsync(kind, row, request.Options, token) is { } refused)
                throw new QueryException(
                    refused.Code is > 0 and var code ? code : StatusCodes.Status503ServiceUnavailable,
                    refused.Reason ?? "ServiceUnavailable",
                    refused.Message)
                { Subject = SubjectOf(kind, row) };
        }
        else if (asked is not null && asked != version)
        {
            throw Conflict(kind, row, $"the precondition is version {asked}, and the object has {version}");
        }
        else if (!request.Options.DryRun && await evicted.DeleteAsync(kind, [row.Uid], token) is [])
        {
            throw Conflict(kind, row, "it changed while it was being deleted; repeat the request");
        }

        return Answer.Json(
            StatusCodes.Status200OK,
            new StatusJson { Status = "Success", Details = SubjectOf(kind, row) },
            QueryJson.Default.StatusJson);
    }

    private static QueryException Conflict(Kind kind, RowPosition row, string problem) => new(
        StatusCodes.Status409Conflict, "Conflict", $"{kind.Type} \"{row.Name}\" is not deleted: {problem}")
    {
        Subject = SubjectOf(kind, row),
    };

    private static StatusSubject SubjectOf(Kind kind, RowPosition row) =>
        new() { Name = row.Name, Group = kind.Group, Kind = kind.Plural, Uid = row.Uid };
}
