using System.Collections.Concurrent;
using Tracebloc.Net;

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

    public IReadOnlyList<Task<Resolution>> ResolveEach(
        IReadOnlyList<ImageReference> images, CancellationToken cancellationToken)
    {
        var answers = new TaskCompletionSource<Resolution>[images.Count];
        for (var i = 0; i < answers.Length; i++)
            answers[i] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = AskAsync(Plan(images, answers), answers, cancellationToken);
        return Array.ConvertAll(answers, answer => answer.Task);
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

    /// <summary>Whatever happens, every answer comes: nobody waits for this itself.</summary>
    private async Task AskAsync(
        List<HostPlan> plans, TaskCompletionSource<Resolution>[] answers, CancellationToken cancellationToken)
    {
        try
        {
            await Lanes.RunAsync(
                plans.Count,
                Options.MaxConcurrentHosts,
                (i, token) => AskAsync(plans[i], answers, token),
                cancellationToken);
        }
        catch (OperationCanceledException)
        {
            foreach (var answer in answers)
                answer.TrySetCanceled(cancellationToken);
        }
        catch (Exception fault)
        {
            foreach (var answer in answers)
                answer.TrySetException(fault);
        }
    }

    private static Task AskAsync(
        HostPlan plan, TaskCompletionSource<Resolution>[] answers, CancellationToken cancellationToken)
    {
        return Lanes.RunAsync(plan.Targets.Count, plan.Width, ResolveAsync, cancellationToken);

        async Task ResolveAsync(int i, CancellationToken token)
        {
            var (target, positions) = plan.Targets[i];
            var resolution = await plan.Host.ResolveAsync(target, token);
            foreach (var position in positions)
                answers[position].SetResult(resolution);
        }
    }

    private List<HostPlan> Plan(
        IReadOnlyList<ImageReference> images, TaskCompletionSource<Resolution>[] answers)
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
                answers[i].SetResult(Resolution.Failed(e.Code, e.Message));
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
