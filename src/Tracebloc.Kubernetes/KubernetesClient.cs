using System.Text.Json.Serialization.Metadata;

namespace Tracebloc.Kubernetes;

/// <summary>
/// A client of the API server. The caller brings records with the members it wants, and their source-generated
/// <see cref="JsonTypeInfo{T}"/>; the client is independent of workloads.
/// </summary>
/// <remarks>
/// Failures are <see cref="KubernetesException"/>; a deadline that passed is one too, and only the caller's own token
/// leads to <see cref="OperationCanceledException"/>. Reads are repeated on 429, on 5xx and when the connection
/// broke; writes only when the server asked for it ( 429 with <c>Retry-After</c>) or cannot have seen them. Safe for
/// concurrent use.
/// </remarks>
/// <param name="configuration">The server and the credentials. Authorities are read once: for days on end, make a
/// client per task, which costs nothing until its first request.</param>
/// <param name="time">The clock of deadlines, waits and expiries.</param>
/// <param name="options">Null for the defaults.</param>
public sealed partial class KubernetesClient(
    KubernetesClientConfiguration configuration, TimeProvider time, KubernetesClientOptions? options = null)
        : IDisposable
{
    internal RequestSender Requests { get; } = new(configuration, time, options ?? new());

    /// <summary>The namespace meant where the caller names none.</summary>
    public string Namespace => configuration.Namespace;

    /// <summary>Reads one object.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="ns">Its namespace; null when it lives in none.</param>
    /// <param name="name">Its name.</param>
    /// <param name="json">The type of the object.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="KubernetesException"><see cref="KubernetesException.IsNotFound"/> when there is
    /// none.</exception>
    public Task<T> GetAsync<T>(
        ResourceType type, string? ns, string name, JsonTypeInfo<T> json, CancellationToken cancellationToken) =>
        Requests.SendAsync(new("get", HttpMethod.Get, type, ns) { Name = name }, json, cancellationToken);

    /// <summary>Closes the connections; what is still under way fails.</summary>
    public void Dispose() => Requests.Dispose();
}
