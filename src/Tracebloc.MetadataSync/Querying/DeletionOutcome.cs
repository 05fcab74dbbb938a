using Microsoft.AspNetCore.Http;
using Tracebloc.Web;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>Collects what a deletion did.</summary>
internal sealed class DeletionOutcome(DeletionRequest request)
{
    public const string Cluster = "cluster", Database = "database";

    private readonly List<DeletedJson> _deleted = [];
    private readonly List<KeptJson> _kept = [];

    /// <summary>False once the time is up before all objects were reached.</summary>
    public bool IsComplete { get; set; } = true;

    public int Kept => _kept.Count;

    public void Delete(RowPosition row, string from) =>
        _deleted.Add(new DeletedJson(row.Namespace, row.Name, row.Uid, from));

    public void Keep(RowPosition row, string reason, string message) =>
        _kept.Add(new KeptJson(row.Namespace, row.Name, row.Uid, reason, message));

    public Answer Answer()
    {
        var kind = request.Selection.Kind;
        var code = _kept.Count > 0 ? StatusCodes.Status409Conflict
            : IsComplete ? StatusCodes.Status200OK
            : StatusCodes.Status504GatewayTimeout;
        var would = request.Options.DryRun ? "would be deleted" : "deleted";
        var rest = IsComplete ? "" : "; the time was too short for all of them: repeat the request";
        return Web.Answer.Json(
            code,
            new DeletionJson
            {
                Status = code == StatusCodes.Status200OK ? "Success" : "Failure",
                Message = $"{_deleted.Count(each => each.From == Cluster)} objects {would} in the cluster, "
                    + $"{_deleted.Count(each => each.From == Database)} in the database, {_kept.Count} not{rest}",
                Reason = _kept.Count > 0 ? "Conflict" : IsComplete ? null : "Timeout",
                Details = new StatusSubject { Group = kind.Group, Kind = kind.Plural },
                Code = code,
                DryRun = request.Options.DryRun,
                Deleted = _deleted,
                NotDeleted = _kept,
            },
            QueryJson.Default.DeletionJson);
    }
}
