using Tracebloc.Net;
using Tracebloc.Registry.Pushing;

namespace Tracebloc.Registry;

/// <summary>A call of a <see cref="RegistryClient"/>: its hosts and the requests to each.</summary>
internal sealed partial class RegistryCall
{
    private readonly RegistryOptions _options;
    private readonly HostDirectory _hosts;
    private readonly ManifestReader _manifests;
    private readonly BlobReader _blobs;
    private readonly ReferrerReader _referrers;
    private readonly BlobStreamReader _streams;

    public RegistryCall(
        RegistryOptions options, TimeProvider time, ClientState client, CredentialTrialBook trials)
    {
        _options = options;
        _hosts = new HostDirectory(options, time, client, trials);
        var fetcher = new ContentFetcher(_hosts);
        (_manifests, _blobs) = (new ManifestReader(fetcher, time), new BlobReader(fetcher, time));
        _referrers = new ReferrerReader(fetcher, _manifests, time);
        _streams = new BlobStreamReader(fetcher, time);
    }

    public IReadOnlyList<Task<Fetched<Digest>>> ResolveEach(
        IReadOnlyList<ImageReference> images, CancellationToken cancellationToken)
    {
        var answers = new TaskCompletionSource<Fetched<Digest>>[images.Count];
        for (var i = 0; i < answers.Length; i++)
            answers[i] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = AnswerAsync(Plan(images, answers), answers, cancellationToken);
        return Array.ConvertAll(answers, answer => answer.Task);
    }

    /// <summary>Completes every answer, also after a fault: the task itself is not awaited.</summary>
    private async Task AnswerAsync(
        List<HostPlan> plans, TaskCompletionSource<Fetched<Digest>>[] answers, CancellationToken cancellationToken)
    {
        try
        {
            await Throttled.SelectAsync(plans, _options.MaxConcurrentHosts, ResolveHostAsync, cancellationToken);
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

        Task<IReadOnlyList<Fetched<Digest>>> ResolveHostAsync(HostPlan plan, CancellationToken token) =>
            Throttled.SelectAsync(
                plan.Targets, plan.Width, (entry, each) => ResolveAsync(plan.Host, entry, each), token);

        async Task<Fetched<Digest>> ResolveAsync(
            RegistryHost host, (ManifestTarget Target, List<int> Positions) entry, CancellationToken token)
        {
            token.ThrowIfCancellationRequested(); // a request that is not sent is not counted
            var resolution = await _manifests.ResolveAsync(host, entry.Target, token);
            foreach (var position in entry.Positions)
                answers[position].SetResult(resolution);
            return resolution;
        }
    }

    private List<HostPlan> Plan(
        IReadOnlyList<ImageReference> images, TaskCompletionSource<Fetched<Digest>>[] answers)
    {
        var plans = new List<HostPlan>();
        for (var i = 0; i < images.Count; i++)
        {
            try
            {
                var endpoint = RegistryEndpoint.For(images[i].Domain, _options);
                var host = _hosts.For(endpoint);
                var plan = plans.Find(known => known.Host == host);
                if (plan is null)
                    plans.Add(plan = new HostPlan(host, _options.MaxConcurrentRequestsPerHost));
                plan.Add(new ManifestTarget(endpoint.ManifestOf(images[i]), endpoint.NameOf(images[i])), i);
            }
            catch (RegistryException e)
            {
                answers[i].SetResult(Fetched<Digest>.Failed(e.Code, e.Message));
            }
        }
        foreach (var plan in plans)
            plan.Host.Expect(plan.Names, plan.IsLarge);
        return plans;
    }
}
