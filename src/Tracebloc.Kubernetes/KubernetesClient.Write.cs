using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tracebloc.Kubernetes;

public sealed partial class KubernetesClient
{
    /// <summary>Changes an object and returns it as it is then.</summary>
    /// <remarks>Never sent twice when the first may have been applied: see
    /// <see cref="KubernetesException.IsOutcomeUnknown"/>.</remarks>
    /// <param name="type">Its type.</param>
    /// <param name="ns">Its namespace; null when it lives in none.</param>
    /// <param name="name">Its name.</param>
    /// <param name="patch">The change; with <c>metadata.resourceVersion</c> in it, only of that version.</param>
    /// <param name="options">The field manager, and dry run.</param>
    /// <param name="json">The type of the result.</param>
    /// <param name="cancellationToken">Gives up; the change may have happened.</param>
    /// <exception cref="KubernetesException"><see cref="KubernetesException.IsConflict"/> when the object has another
    /// resource version.</exception>
    public Task<T> PatchAsync<T>(
        ResourceType type, string? ns, string name, V1Patch patch, PatchOptions options, JsonTypeInfo<T> json,
        CancellationToken cancellationToken) =>
        Requests.SendAsync(Patch(type, ns, name, patch, options), json, cancellationToken);

    /// <summary>Creates an object and returns it as the server stored it.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="ns">Its namespace; null when it lives in none.</param>
    /// <param name="value">The object, <c>apiVersion</c> and <c>kind</c> included.</param>
    /// <param name="options">The field manager, and dry run.</param>
    /// <param name="json">The type of the object and of the result.</param>
    /// <param name="cancellationToken">Gives up; the object may have been created.</param>
    /// <exception cref="KubernetesException"><see cref="KubernetesException.IsConflict"/> when it is there
    /// already.</exception>
    public Task<T> CreateAsync<T>(
        ResourceType type, string? ns, T value, CreateOptions options, JsonTypeInfo<T> json,
        CancellationToken cancellationToken) =>
        Requests.SendAsync(
            new("create", HttpMethod.Post, type, ns)
            {
                Query = new QueryString().Add(options),
                Content = JsonSerializer.SerializeToUtf8Bytes(value, json),
                MediaType = "application/json",
            },
            json,
            cancellationToken);

    /// <summary>Asks for an object's deletion, which finalizers may delay.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="ns">Its namespace; null when it lives in none.</param>
    /// <param name="name">Its name.</param>
    /// <param name="options">The treatment of its dependents, and preconditions.</param>
    /// <param name="cancellationToken">Gives up; the deletion may have happened.</param>
    /// <exception cref="KubernetesException"><see cref="KubernetesException.IsNotFound"/> when there is none,
    /// <see cref="KubernetesException.IsConflict"/> when it is not the one of the preconditions.</exception>
    public Task DeleteAsync(
        ResourceType type, string? ns, string name, DeleteOptions options, CancellationToken cancellationToken) =>
        Requests.SendAsync(
            DeleteRequest.Of(type, ns, name, options),
            KubernetesJson.Default.V1Answer,
            cancellationToken);

    private static KubernetesRequest Patch(
        ResourceType type, string? ns, string name, V1Patch patch, PatchOptions options) =>
        new("patch", HttpMethod.Patch, type, ns)
        {
            Name = name,
            Query = new QueryString().Add(options),
            Content = patch.Content,
            MediaType = patch.MediaType,
        };
}
