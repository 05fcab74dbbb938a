using System.Collections.Concurrent;

namespace Tracebloc.Registry;

/// <summary>
/// One call of a <see cref="RegistryClient"/>: the hosts it meets and what each is to be asked for.
/// </summary>
internal sealed partial class RegistryCall(RegistryClient client)
{
    private readonly ConcurrentDictionary<string, RegistryHost> _hosts = new(StringComparer.OrdinalIgnoreCase);

    public RegistryOptions Options => client.Options;

    public TimeProvider Time => client.Time;

    public HttpExchange Exchange => client.Exchange;

    public RegistryStatistics Statistics => client.Statistics;

    public async Task<IReadOnlyList<Resolution>> ResolveAsync(
        IReadOnlyList<ImageReference> images, CancellationToken cancellationToken)
    {
        var results = new Resolution[images.Count];
        var plans = Plan(images, results);
        await Lanes.RunAsync(
            plans.Count,
            Options.MaxConcurrentHosts,
            (i, token) => RunAsync(plans[i], results, token),
            cancellationToken);
        return results;
    }

    /// <summary>The host that a redirect leads to, or null with the reason why it cannot be asked.</summary>
    public RegistryHost? HostFor(Uri redirect, out string? fault)
    {
        try
        {
            fault = null;
            return HostFor(RegistryEndpoint.For(redirect, Options));
        }
        catch (RegistryException e)
        {
            fault = $"a redirect to a host that cannot be asked ({e.Message})";
            return null;
        }
    }

    public bool MayBePlain(Uri uri) =>
        NetworkAddress.IsLoopback(uri) || RegistryEndpoint.For(uri, Options).Options.Insecure;

    private static Task RunAsync(HostPlan plan, Resolution[] results, CancellationToken cancellationToken)
    {
        return Lanes.RunAsync(plan.Targets.Count, plan.Width, ResolveAsync, cancellationToken);

        async Task ResolveAsync(int i, CancellationToken token)
        {
            var (target, positions) = plan.Targets[i];
            var resolution = await plan.Host.ResolveAsync(target, token);
            foreach (var position in positions)
                results[position] = resolution;
        }
    }

    private List<HostPlan> Plan(IReadOnlyList<ImageReference> images, Resolution[] results)
    {
        var plans = new List<HostPlan>();
        for (var i = 0; i < images.Count; i++)
        {
            try
            {
                var endpoint = RegistryEndpoint.For(images[i].Domain, Options);
                var host = HostFor(endpoint);
                var plan = plans.Find(known => known.Host == host);
                if (plan is null)
                    plans.Add(plan = new HostPlan(host, Options.MaxConcurrentRequestsPerHost));
                plan.Add(new ManifestTarget(endpoint.ManifestOf(images[i]), endpoint.NameOf(images[i])), i);
            }
            catch (RegistryException e)
            {
                results[i] = Resolution.Failed(e.Code, e.Message);
            }
        }
        foreach (var plan in plans)
            (plan.Host.Names, plan.Host.OffersHttp2) = (plan.Names, plan.IsLarge);
        return plans;
    }

    private RegistryHost HostFor(RegistryEndpoint endpoint) => _hosts.GetOrAdd(
        endpoint.Root.AbsoluteUri,
        _ => new RegistryHost(
            endpoint, client.MemoryOf(endpoint.Root), this, client.Transport.For(endpoint), OwnOf(endpoint)));

    private static CredentialSource? OwnOf(RegistryEndpoint endpoint)
    {
        if (endpoint.Options.CredentialHelper is { } helper)
            return new CredentialSource(null, helper);
        var (user, file) = (endpoint.Options.Username, endpoint.Options.PasswordFile);
        if (user is null || file is null)
            return null;
        try
        {
            return new CredentialSource(
                new RegistryCredential { Username = user, Password = WithoutLineBreak(File.ReadAllText(file)) });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RegistryException(
                Verdict.Config,
                endpoint.Host,
                $"{endpoint.Host}: the password file {file} cannot be read; check the path and its permissions",
                e);
        }
    }

    private static string WithoutLineBreak(string text) =>
        text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
}
