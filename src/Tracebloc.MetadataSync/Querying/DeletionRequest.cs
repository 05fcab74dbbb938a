using Microsoft.AspNetCore.Http;
using Tracebloc.Kubernetes;
using Tracebloc.MetadataSync.Kinds;

namespace Tracebloc.MetadataSync.Querying;

/// <summary>A collection, or an object, that is to be deleted.</summary>
/// <param name="Selection">The objects; of one object its kind, its namespace and its states.</param>
/// <param name="Options">The treatment of dependents, dry run, and the preconditions of one object.</param>
internal sealed record DeletionRequest(Selection Selection, DeleteOptions Options)
{
    /// <summary>The most bytes of a body.</summary>
    public const int MostBytes = 16 * 1024;

    private const string Propagation = "propagationPolicy", DryRun = "dryRun";

    private static readonly string[] Names = [ReadParameters.State, DryRun, Propagation, "timeout", "timeoutSeconds"];
    private static readonly string[] CollectionNames = ["labelSelector", "fieldSelector", .. Names];

    private static readonly string[] Members = ["kind", "api_version", "propagation_policy", "dry_run"];
    private static readonly string[] ObjectMembers = [.. Members, "preconditions"];

    private static readonly string[] Policies = ["Background", "Foreground", "Orphan"];

    /// <param name="kind">The kind.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="query">The query of the address.</param>
    /// <param name="body">DeleteOptions; empty: none.</param>
    /// <exception cref="QueryException">A part is unknown or cannot be translated: nothing is deleted.</exception>
    public static DeletionRequest OfCollection(
        Kind kind, string ns, IQueryCollection query, ReadOnlyMemory<byte> body) =>
        Read(kind, ns, new QueryParameters(query, CollectionNames), Body(body, Members));

    /// <inheritdoc cref="OfCollection"/>
    public static DeletionRequest OfObject(
        Kind kind, string? ns, IQueryCollection query, ReadOnlyMemory<byte> body) =>
        Read(kind, ns, new QueryParameters(query, Names), Body(body, ObjectMembers));

    private static DeletionRequest Read(Kind kind, string? ns, QueryParameters parameters, DeleteOptions body)
    {
        var selection = ListRequest.Selected(kind, ns, parameters);
        if (selection.States.HasFlag(ObjectStates.Deleted))
            throw QueryException.BadRequest("state may be live or evicted: deleted objects cannot be deleted again");
        selection.Filter();
        var policy = parameters.Text(Propagation) ?? body.PropagationPolicy;
        if (policy is not null && !Policies.Contains(policy))
            throw QueryException.BadRequest(
                $"{Propagation} \"{policy}\" is none of {string.Join(", ", Policies)}");
        return new DeletionRequest(selection, body with
        {
            DryRun = body.DryRun || IsDryRun(parameters.Text(DryRun)),
            PropagationPolicy = policy,
        });
    }

    private static bool IsDryRun(string? text) => text switch
    {
        null => false,
        "All" => true,
        _ => throw QueryException.BadRequest($"{DryRun} \"{text}\" is not known; write All"),
    };

    private static DeleteOptions Body(ReadOnlyMemory<byte> body, IReadOnlyList<string> known)
    {
        if (body.IsEmpty) return new DeleteOptions();
        using var document = CallerJson.OfBody(body);
        var members = new QueryNode(document.RootElement, "").Members(known);
        var preconditions = members.TryGetValue("preconditions", out var given)
            ? given.Members("uid", "resource_version") : new Dictionary<string, QueryNode>();
        return new DeleteOptions
        {
            DryRun = members.TryGetValue("dry_run", out var runs)
                && runs.Items(most: 1).Select(each => IsDryRun(each.Text())).Any(each => each),
            PropagationPolicy = Text(members, "propagation_policy"),
            Uid = Text(preconditions, "uid"),
            ResourceVersion = Text(preconditions, "resource_version"),
        };
    }

    private static string? Text(IReadOnlyDictionary<string, QueryNode> members, string name) =>
        members.TryGetValue(name, out var member) ? member.Text() : null;
}
