using System.Text;
using System.Text.Json;

namespace Tracebloc.Kubernetes;

/// <summary>
/// Asks the API server whether a user may do something (SubjectAccessReview), and keeps its answers for 10 seconds.
/// Needs the verb <c>create</c> on <c>subjectaccessreviews</c>. Safe for concurrent use.
/// </summary>
/// <param name="client">The API server.</param>
/// <param name="time">The clock of the kept answers.</param>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/authorization/"/>
public sealed class AccessAuthorizer(KubernetesClient client, TimeProvider time)
{
    /// <summary>A right that was taken away still counts for this long.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(10);

    private readonly ReviewCache<AccessAnswer> _cache = new(time, Life);

    /// <summary>Learns whether a user may do something.</summary>
    /// <param name="user">The user, with the groups and the extra values of its TokenReview.</param>
    /// <param name="question">The action.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KubernetesException">The question got no answer, which is no "no".</exception>
    public async Task<AccessAnswer> MayAsync(
        KubernetesUser user, AccessQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(question);
        var spec = new SubjectReviewSpec
        {
            User = user.Name,
            Uid = user.Uid is { Length: > 0 } uid ? uid : null,
            Groups = user.Groups,
            Extra = user.Extra,
            ResourceAttributes = AccessAttributes.Of(question),
        };
        var key = Encoding.UTF8.GetString(
            JsonSerializer.SerializeToUtf8Bytes(spec, AccessJson.Default.SubjectReviewSpec));
        if (_cache.Find(key, out var known) && known is not null) return known;
        var answer = await AskAsync(spec, cancellationToken);
        // The next request may find the authorizer that failed in order again.
        if (answer.Verdict != AccessVerdict.Unknown) _cache.Keep(key, answer);
        return answer;
    }

    private async Task<AccessAnswer> AskAsync(SubjectReviewSpec spec, CancellationToken cancellationToken)
    {
        var type = ResourceType.SubjectAccessReviews;
        var body = new SubjectReview { ApiVersion = type.ApiVersion, Kind = type.Kind, Spec = spec };
        var request = new KubernetesRequest("create", HttpMethod.Post, type, null)
        {
            Content = JsonSerializer.SerializeToUtf8Bytes(body, AccessJson.Default.SubjectReview),
            MediaType = "application/json",
        };
        var answer = await client.Requests.SendAsync(request, AccessJson.Default.SubjectReview, cancellationToken);
        return answer.Status is { } status
            ? AccessAnswer.Of(status)
            : throw KubernetesError.Unreadable(request, "the answer has no status");
    }
}
