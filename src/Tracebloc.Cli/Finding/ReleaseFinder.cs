using Tracebloc.Kubernetes;
using Tracebloc.Net;

namespace Tracebloc.Cli.Finding;

/// <summary>Finds the release: in the namespace that is named, else in the only one that has one.</summary>
internal sealed class ReleaseFinder(ClusterSession session)
{
    // A survey only improves a message.
    private static readonly TimeSpan SurveyLimit = TimeSpan.FromSeconds(5);

    private const string Install = "install the client chart with helm install";

    /// <exception cref="CliException">There is none, there are several, or the API server gives no answer.</exception>
    public async Task<Release> FindAsync(CancellationToken token)
    {
        try
        {
            return session.Namespace is { } named
                ? Only(await ListAsync(named, token)) ?? throw None(named, await SurveyAsync(token))
                : await FindAnywhereAsync(token);
        }
        catch (KubernetesException e) when (ServerRemedy.For(e) is { } remedy)
        {
            // The first call of every verb.
            throw new CliException(Fault.ExitCodeOf(e), $"{e.Message}; {remedy}", e);
        }
    }

    private async Task<Release> FindAnywhereAsync(CancellationToken token)
    {
        IReadOnlyList<Release> releases;
        try
        {
            releases = await ReadAsync(null, token);
        }
        catch (KubernetesException e) when (e.IsForbidden)
        {
            var likely = session.DefaultNamespace;
            return Only(await ListAsync(likely, token)) ?? throw new CliException(
                CliExit.NoRelease,
                $"Release was not found: namespace {likely} has none, and listing Deployments of all namespaces is "
                + "not permitted; give the namespace with --namespace");
        }

        return Only(releases) ?? throw new CliException(
            CliExit.NoRelease, $"Release was not found: no namespace of {session.Server} has one; {Install}");
    }

    private async Task<IReadOnlyList<Release>> ListAsync(string ns, CancellationToken token)
    {
        try
        {
            return await ReadAsync(ns, token);
        }
        catch (KubernetesException e) when (e.IsForbidden)
        {
            throw new CliException(
                CliExit.NoRelease,
                $"Release was not found: listing Deployments of namespace {ns} is not permitted; check the namespace, "
                + $"or add to a Role there: {Permission.ListDeployments.Rule}",
                e);
        }
    }

    private async Task<IReadOnlyList<Release>> ReadAsync(string? ns, CancellationToken token)
    {
        var deployments = await session.Client.ListAsync(
            ResourceType.Deployments, ns, new ListOptions { LabelSelector = ReleaseReader.Selector },
            ClusterJson.Default.ResourceListV1Deployment, token);
        return [.. deployments.Items.Where(ReleaseReader.IsJobsManager).Select(ReleaseReader.Read)];
    }

    /// <summary>The namespaces that have a release, as far as they can be seen.</summary>
    private async Task<IReadOnlyList<string>> SurveyAsync(CancellationToken token)
    {
        using var deadline = new Deadline(SurveyLimit, session.Time, token);
        try
        {
            return Namespaces(await ReadAsync(null, deadline.Token));
        }
        catch (Exception e) when (e is KubernetesException || (e is OperationCanceledException && deadline.HasPassed))
        {
            return [];
        }
    }

    private static Release? Only(IReadOnlyList<Release> releases)
    {
        if (releases is []) return null;
        if (releases is [var only]) return only;
        if (Namespaces(releases) is [_, _, ..] namespaces)
            throw new CliException(
                CliExit.NoRelease,
                $"Release is ambiguous: namespaces {string.Join(", ", namespaces)} have one each; choose one with "
                + "--namespace");
        throw new CliException(
            CliExit.NoRelease,
            $"Release is ambiguous: namespace {releases[0].Namespace} has "
            + $"{string.Join(", ", releases.Select(release => release.Name).Order(StringComparer.Ordinal))}; they "
            + "share one volume and one database, so uninstall all but one");
    }

    private static CliException None(string ns, IReadOnlyList<string> others)
    {
        var remedy = others.Count == 0
            ? $"check the namespace, or {Install}"
            : $"there is one in {string.Join(", ", others)}: choose it with --namespace";
        return new CliException(CliExit.NoRelease, $"Release was not found: namespace {ns} has none; {remedy}");
    }

    private static List<string> Namespaces(IEnumerable<Release> releases) =>
        [.. releases.Select(release => release.Namespace).Distinct().Order(StringComparer.Ordinal)];
}
