using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.Cli.Finding;

/// <summary>Asks the API server for each right before anything is begun that needs it.</summary>
/// <param name="client">The API server.</param>
/// <param name="namespace">The namespace of the release.</param>
/// <param name="account">The service account to get a token of; a Role may grant that for it alone.</param>
internal sealed class PermissionCheck(KubernetesClient client, string @namespace, string account)
{
    private const int AtOnce = 8;

    private readonly AccessApi _access = new(client);

    /// <summary>A check for a release, by its policy where that can be read.</summary>
    public static async Task<PermissionCheck> OfAsync(
        KubernetesClient client, Release release, CancellationToken token)
    {
        try
        {
            var policy = await IngestorPolicy.ReadAsync(client, release, token);
            return new PermissionCheck(client, release.Namespace, policy.Account());
        }
        catch (Exception e) when (e is CliException or KubernetesException { IsForbidden: true })
        {
            return new PermissionCheck(client, release.Namespace, IngestorPolicy.Usual);
        }
    }

    /// <exception cref="CliException">A right is missing.</exception>
    /// <exception cref="KubernetesException">The API server gives no answer.</exception>
    public async Task RequireAsync(CancellationToken token)
    {
        if (await MissingAsync(token) is [_, ..] missing)
            throw new CliException(CliExit.NotPermitted, Describe(missing));
    }

    /// <summary>The rights that are denied, in the order of <see cref="Permission.All"/>.</summary>
    public async Task<IReadOnlyList<Permission>> MissingAsync(CancellationToken token)
    {
        var denied = await Throttled.SelectAsync(Permission.All, AtOnce, IsDeniedAsync, token);
        var missing = Permission.All.Zip(denied).Where(each => each.Second).Select(each => each.First).ToList();
        if (missing.Contains(Permission.CreateTokens) && !await IsDeniedAsync(Permission.ListSecrets, token))
            missing.Remove(Permission.CreateTokens);
        return missing;
    }

    /// <summary>The missing rights with their purpose, and the rules that grant them.</summary>
    public string Describe(IReadOnlyList<Permission> missing) =>
        $"Permissions are missing in namespace {@namespace}: {string.Join(", ", missing)}; add to "
        + $"the Role: {string.Join(", ", missing.Select(permission => permission.Rule))}";

    // An unknown answer is no refusal: the call itself will be allowed or not.
    private async Task<bool> IsDeniedAsync(Permission permission, CancellationToken token)
    {
        var question = new AccessQuestion(permission.Verb, permission.Type, @namespace)
        {
            Subresource = permission.Subresource,
            Name = permission == Permission.CreateTokens ? account : null,
        };
        return (await _access.CanIAsync(question, token)).Verdict == AccessVerdict.Denied;
    }
}
