using k8s;
using k8s.Models;
using Tracebloc.Judge;
using Tracebloc.Testing.Kubernetes;

namespace Tracebloc.EndToEnd;

/// <summary>
/// Service accounts of a namespace of their own, each with a Role in the release's: they have no other right there.
/// </summary>
/// <param name="kubectl">The namespace of the release.</param>
/// <param name="name">Their namespace's, after that of the release.</param>
internal sealed class Accounts(Kubectl kubectl, string name) : IAsyncDisposable
{
    private static readonly TimeSpan TakesEffect = TimeSpan.FromSeconds(20), Look = TimeSpan.FromMilliseconds(100);

    private string Home => $"{kubectl.Namespace}-{name}";

    /// <summary>The rules of docs/cli-permissions.yaml.</summary>
    public static IReadOnlyList<V1PolicyRule> Documented { get; } =
    [
        .. KubernetesYaml.LoadAllFromString(
                File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cli-permissions.yaml")))
            .OfType<V1Role>().Single().Rules,
    ];

    /// <summary>The documented rights one by one, each with all the others.</summary>
    public static IEnumerable<MissingRight> Each()
    {
        var rights = Documented.SelectMany(One).ToList();
        return rights.Select(right => new MissingRight(
            right.Verbs[0], right.Resources[0], [.. rights.Where(other => other != right)]));
    }

    public async Task SetUpAsync(CancellationToken cancellationToken)
    {
        // A run that was killed has left it.
        await kubectl.RunAsync(["delete", "namespace", Home, "--ignore-not-found"], cancellationToken);
        await kubectl.RunAsync(["create", "namespace", Home], cancellationToken);
    }

    /// <summary>Makes an account with these rights.</summary>
    /// <returns>Its token.</returns>
    public async Task<string> CreateAsync(
        string account, IReadOnlyList<V1PolicyRule> rules, CancellationToken cancellationToken)
    {
        using var client = await Official.OpenAsync(kubectl.KubeConfig);
        var (space, metadata) = (kubectl.Namespace, new V1ObjectMeta { Name = account });
        await client.CoreV1.CreateNamespacedServiceAccountAsync(
            new V1ServiceAccount { Metadata = metadata }, Home, cancellationToken: cancellationToken);
        await client.RbacAuthorizationV1.CreateNamespacedRoleAsync(
            new V1Role { Metadata = metadata, Rules = [.. rules] }, space, cancellationToken: cancellationToken);
        var binding = new V1RoleBinding
        {
            Metadata = metadata,
            RoleRef = new V1RoleRef { ApiGroup = "rbac.authorization.k8s.io", Kind = "Role", Name = account },
            Subjects = [new Rbacv1Subject { Kind = "ServiceAccount", Name = account, NamespaceProperty = Home }],
        };
        await client.RbacAuthorizationV1.CreateNamespacedRoleBindingAsync(
            binding, space, cancellationToken: cancellationToken);
        await AppliesAsync(client, account, rules[^1], cancellationToken);
        var token = await client.CoreV1.CreateNamespacedServiceAccountTokenAsync(
            new Authenticationv1TokenRequest { Spec = new V1TokenRequestSpec { Audiences = [] } },
            account, Home, cancellationToken: cancellationToken);
        return token.Status.Token;
    }

    public async ValueTask DisposeAsync() => await kubectl.RunAsync(
        ["delete", "namespace", Home, "--ignore-not-found", "--wait=false"], CancellationToken.None);

    private static IEnumerable<V1PolicyRule> One(V1PolicyRule rule) => rule.Resources.SelectMany(
        resource => rule.Verbs.Select(verb => new V1PolicyRule
        {
            ApiGroups = rule.ApiGroups,
            Resources = [resource],
            ResourceNames = rule.ResourceNames,
            Verbs = [verb],
        }));

    // The API server learns of a binding by a watch.
    private async Task AppliesAsync(
        IKubernetes client, string account, V1PolicyRule rule, CancellationToken cancellationToken)
    {
        var resource = rule.Resources[0].Split('/');
        var review = new V1SubjectAccessReview
        {
            Spec = new V1SubjectAccessReviewSpec
            {
                User = $"system:serviceaccount:{Home}:{account}",
                ResourceAttributes = new V1ResourceAttributes
                {
                    NamespaceProperty = kubectl.Namespace,
                    Group = rule.ApiGroups[0],
                    Resource = resource[0],
                    Subresource = resource.ElementAtOrDefault(1),
                    Name = rule.ResourceNames?.FirstOrDefault(),
                    Verb = rule.Verbs[0],
                },
            },
        };
        using var looks = new PeriodicTimer(Look, TimeProvider.System);
        for (var left = TakesEffect / Look; left > 0; left--)
        {
            var answer = await client.AuthorizationV1.CreateSubjectAccessReviewAsync(
                review, cancellationToken: cancellationToken);
            if (answer.Status.Allowed) return;
            await looks.WaitForNextTickAsync(cancellationToken);
        }

        throw new TimeoutException($"the Role of {account} does not apply after {TakesEffect}");
    }
}

/// <summary>A documented right that an account lacks, and the others, which it has.</summary>
internal sealed record MissingRight(string Verb, string Resource, IReadOnlyList<V1PolicyRule> Others)
{
    /// <summary>A name for an account without it.</summary>
    public string Account => $"without-{Verb}-{Resource.Replace('/', '-')}";

    /// <summary>The part of a Role's rule that messages have.</summary>
    public string Rule => Resource == "serviceaccounts/token"
        ? $"resources: [{Resource}], resourceNames: [ingestor], verbs: [{Verb}]"
        : $"resources: [{Resource}], verbs: [{Verb}]";
}
