using Microsoft.AspNetCore.Http;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>A collection that is to be deleted.</summary>
/// <param name="Selection">The objects.</param>
/// <param name="Options">The treatment of dependents, and dry run.</param>
internal sealed record DeletionRequest(Selection Selection, DeleteOptions Options)
{
    /// <summary>The most bytes of a body.</summary>
    public const int MostBytes = 16 * 1024;

    private const string Propagation = "propagationPolicy", DryRun = "dryRun";

    private static readonly string[] Names =
        ["labelSelector", "fieldSelector", ReadParameters.State, DryRun, Propagation, "timeout", "timeoutSeconds"];

    private static readonly string[] Policies = ["Background", "Foreground", "Orphan"];

    /// <param name="kind">The kind.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="query">The query of the address.</param>
    /// <param name="body">DeleteOptions; empty: none.</param>
    /// <exception cref="QueryException">A part is unknown or cannot be translated: nothing is deleted.</exception>
    public static DeletionRequest Read(Kind kind, string ns, IQueryCollection query, ReadOnlyMemory<byte> body)
    {
        var parameters = new QueryParameters(query, Names);
        var selection = ListRequest.Selected(kind, ns, parameters);
        if (selection.States.HasFlag(ObjectStates.Deleted))
            throw QueryException.BadRequest("state may be live or evicted: deleted objects cannot be deleted again");
        selection.Filter();
        var (policy, isDryRun) = Body(body);
        policy = parameters.Text(Propagation) ?? policy;
        if (policy is not null && !Policies.Contains(policy))
            throw QueryException.BadRequest(
                $"{Propagation} \"{policy}\" is none of {string.Join(", ", Policies)}");
        return new DeletionRequest(selection, new DeleteOptions
        {
            DryRun = isDryRun || IsDryRun(parameters.Text(DryRun)),
            PropagationPolicy = policy,
        });
    }

    private static bool IsDryRun(string? text) => text switch
    {
        null => false,
        "All" => true,
        _ => throw QueryException.BadRequest($"{DryRun} \"{text}\" is not known; write All"),
    };

    private static (string? Policy, bool IsDryRun) Body(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty) return (null, false);
        using var document = CallerJson.OfBody(body);
        var members = new QueryNode(document.RootElement, "").Members(
            "kind", "api_version", "propagation_policy", "dry_run");
        var isDryRun = members.TryGetValue("dry_run", out var runs)
            && runs.Items(most: 1).Select(each => IsDryRun(each.Text())).Any(each => each);
        return (members.TryGetValue("propagation_policy", out var policy) ? policy.Text() : null, isDryRun);
    }
}
