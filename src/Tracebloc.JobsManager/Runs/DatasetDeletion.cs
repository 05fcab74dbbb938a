using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Tracebloc.JobsManager.Runs;

/// <summary>A request to delete a data set, as the table of deletions holds it.</summary>
internal sealed record DatasetDeletion
{
    private const int IdDigits = 12;

    /// <summary>12 hexadecimal digits, another one for each request.</summary>
    public required string Id { get; init; }

    public required string Table { get; init; }

    /// <summary>The account that asked for it, <c>namespace/name</c>.</summary>
    public required string Caller { get; init; }

    /// <summary>The namespace of its Job.</summary>
    public required string Namespace { get; init; }

    /// <summary>The image of its Job.</summary>
    public required string Image { get; init; }

    public required DateTimeOffset RequestedAt { get; init; }

    public DeletionState State { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The reason of a failure, or of a wait that is long; null for none.</summary>
    public string? Error { get; init; }

    public string JobName => $"ingest-delete-{Id}";

    /// <summary>The id of a request.</summary>
    public static string IdOf(string table, DateTimeOffset requestedAt) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{table}\0{requestedAt:O}"))))[..IdDigits];

    /// <summary>The reason for which the data set of a table cannot be deleted now; null for none.</summary>
    /// <param name="table">The table.</param>
    /// <param name="open">The runs that are not over, or are being taken back, of any table.</param>
    public static string? Obstacle(string table, IReadOnlyList<IngestionRun> open) =>
        open.FirstOrDefault(run => run.Request.Table == table) switch
        {
            null => null,
            { IsOver: true } run =>
                $"Run {run.Key} of table {table} is being taken back; delete the data set when its undo is done",
            var run => $"Run {run.Key} of table {table} is {RunRow.Word(run.State)}; cancel it, or delete the data "
                + "set when it has ended",
        };
}

/// <summary>The state of a deletion.</summary>
internal enum DeletionState
{
    /// <summary>Its Job is under way, or is about to be made.</summary>
    Wanted,

    /// <summary>Nothing is left of the data set.</summary>
    Done,

    /// <summary>Something may be left: it can be asked for again.</summary>
    Failed,
}
