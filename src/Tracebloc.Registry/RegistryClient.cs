using System.Collections.Concurrent;

namespace Tracebloc.Registry;

/// <summary>
/// Asks registries which digest a tag stands for now. Follows challenges, so that no registry needs code of its own;
/// keeps connections, tokens and what it learnt about each host for its life. Safe for concurrent use.
/// </summary>
/// <param name="options">How registries are reached.</param>
/// <param name="time">The clock for deadlines, token lives and waits.</param>
public sealed partial class RegistryClient(RegistryOptions options, TimeProvider time) : IDisposable
{
    private readonly ConcurrentDictionary<string, HostMemory> _memories = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Requests sent and rate limits seen since the client was made.</summary>
    public RegistryStatistics Statistics { get; } = new();

    internal RegistryOptions Options => options;

    internal TimeProvider Time => time;

    internal HttpTransport Transport { get; } = new(options);

    internal HttpExchange Exchange => field ??= new HttpExchange(Transport, options, time);

    /// <summary>
    /// The digest of each image, in the order given; an image that occurs twice is asked for once. Trouble with one
    /// host or image is its own verdict and delays no other host. A credential that was refused is not sent again by
    /// this client.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public Task<IReadOnlyList<Resolution>> ResolveAsync(
        IReadOnlyList<ImageReference> images, CancellationToken cancellationToken) =>
        new RegistryCall(this).ResolveAsync(images, cancellationToken);

    /// <summary>Closes the connections.</summary>
    public void Dispose()
    {
        Transport.Dispose();
        foreach (var memory in _memories.Values)
            memory.Dispose();
    }

    internal HostMemory MemoryOf(Uri root) => _memories.GetOrAdd(root.AbsoluteUri, _ => new HostMemory(time));
}
