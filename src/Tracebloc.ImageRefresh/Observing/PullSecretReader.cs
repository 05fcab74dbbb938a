using System.Text.Json;
using Tracebloc.ImageRefresh.Workloads;
using Tracebloc.Kubernetes;
using Tracebloc.Registry;

namespace Tracebloc.ImageRefresh.Observing;

/// <summary>
/// Reads the pull secrets of workloads, each once in a tick. As pods do, a workload goes by the secrets of its service
/// account where its pod template names none. What may not be read, or is not there, is gone without as the kubelet
/// does, and said; that it could not be read for another reason is the caller's to hear.
/// </summary>
/// <seealso href="https://kubernetes.io/docs/concepts/containers/images/#specifying-imagepullsecrets-on-a-pod"/>
internal sealed class PullSecretReader(WorkloadApi api)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<Reading<ServiceAccount>>> _accounts = [];
    private readonly Dictionary<string, Task<Reading<CredentialStore>>> _secrets = [];
    private readonly Dictionary<string, CredentialStore> _stores = [];

    /// <exception cref="KubernetesException">The API server did not answer, or not to us.</exception>
    public async Task<PullCredentials> ReadAsync(PodSpec pods, CancellationToken token)
    {
        var names = NamesOf(pods.ImagePullSecrets);
        var warnings = new List<string>();
        if (names.Count == 0)
        {
            var account = await Once(_accounts, pods.ServiceAccountName ?? "default", ReadAccountAsync, token);
            names = NamesOf(account.Value?.ImagePullSecrets);
            warnings.AddRange(account.Warning is null ? [] : [account.Warning]);
        }
        var readings = await Task.WhenAll(names.Select(name => Once(_secrets, name, ReadSecretAsync, token)));
        warnings.AddRange(readings.Select(reading => reading.Warning).OfType<string>());
        var stores = readings.Select(reading => reading.Value).OfType<CredentialStore>().ToList();
        return new PullCredentials(stores.Count == 0 ? null : Merge(string.Join('/', names), stores), warnings);
    }

    private static List<string> NamesOf(JsonElement? references) =>
    [
        .. (references?.Deserialize(WorkloadJson.Default.IReadOnlyListSecretName) ?? [])
            .Select(reference => reference.Name).OfType<string>().Where(name => name != "").Distinct(),
    ];

    private async Task<Reading<ServiceAccount>> ReadAccountAsync(string name, CancellationToken token)
    {
        try
        {
            return new(await api.GetServiceAccountAsync(name, token), null);
        }
        catch (KubernetesException refused) when (refused.IsForbidden || refused.IsNotFound)
        {
            return new(null, $"without the pull secrets of service account {name}: {refused.Message}");
        }
    }

    private async Task<Reading<CredentialStore>> ReadSecretAsync(string name, CancellationToken token)
    {
        try
        {
            var secret = await api.GetPullSecretAsync(name, token);
            return secret.Read(out var fault) is { } store
                ? new(store, null)
                : new(null, $"without pull secret {name}: {fault}");
        }
        catch (KubernetesException refused) when (refused.IsForbidden || refused.IsNotFound)
        {
            return new(null, $"without pull secret {name}: {refused.Message}");
        }
    }

    private Task<Reading<T>> Once<T>(
        Dictionary<string, Task<Reading<T>>> known,
        string name,
        Func<string, CancellationToken, Task<Reading<T>>> read,
        CancellationToken token) where T : class
    {
        lock (_gate)
            return known.TryGetValue(name, out var reading) ? reading : known[name] = read(name, token);
    }

    // The same secrets are the same credentials, so that a registry is asked once for all workloads that have them.
    private CredentialStore Merge(string names, List<CredentialStore> stores)
    {
        lock (_gate)
        {
            if (!_stores.TryGetValue(names, out var merged))
            {
                // Of two secrets with the same key the kubelet tries the one that is named first.
                merged = stores.AsEnumerable().Reverse().Aggregate((last, first) => last.With(first));
                _stores.Add(names, merged);
            }
            return merged;
        }
    }

    /// <summary>An object that was read, or the reason why it is skipped.</summary>
    private sealed record Reading<T>(T? Value, string? Warning) where T : class;
}
