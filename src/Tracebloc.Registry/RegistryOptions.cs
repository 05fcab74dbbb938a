using System.Net;

namespace Tracebloc.Registry;

/// <summary>Options of a <see cref="RegistryClient"/>.</summary>
public sealed record RegistryOptions
{
    /// <summary>
    /// Options by host, as users write it in image references; the aliases of <c>docker.io</c> are equal.
    /// </summary>
    public IReadOnlyDictionary<string, RegistryHostOptions> Hosts { get; init; } =
        new Dictionary<string, RegistryHostOptions>();

    /// <summary>The credentials to choose from, by the kubelet's matching rules.</summary>
    public CredentialStore Credentials { get; init; } = CredentialStore.Empty;

    /// <summary>The proxy for registries and token servers; null connects directly.</summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>Sent with every request: some registries refuse clients without one.</summary>
    public string UserAgent { get; init; } = "tracebloc-registry";

    /// <summary>The deadline of one call, from connecting to the body's last byte, its retries included.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Retry after a rate limit (429) within <see cref="CallTimeout"/>: after the announced wait, or after one or two
    /// seconds where none is announced. For callers that do not ask again later; without it, a 429 ends the requests to
    /// the host.
    /// </summary>
    public bool RetriesRateLimits { get; init; }

    /// <summary>The number of hosts asked at the same time.</summary>
    public int MaxConcurrentHosts { get; init; } = 16;

    /// <summary>The number of concurrent requests to one host, and without HTTP/2 of connections.</summary>
    public int MaxConcurrentRequestsPerHost { get; init; } = 16;

    /// <summary>
    /// Runs a credential helper (<c>ecr-login</c> is the program <c>docker-credential-ecr-login</c>) for a registry as
    /// helpers know it: its host, or Docker Hub's <c>https://index.docker.io/v1/</c>. Called once by a client for each
    /// host, and only when that wants credentials. Gives the credential, <see cref="Verdict.NotFound"/> when the helper
    /// has none, or any other verdict with a message when it failed. Null: no helper can be run, so all fail.
    /// </summary>
    /// <seealso href="https://github.com/docker/docker-credential-helpers#development"/>
    public Func<string, string, CancellationToken, Task<Fetched<RegistryCredential>>>? CredentialHelper { get; init; }
}
