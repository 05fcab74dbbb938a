namespace Tracebloc.Registry;

/// <summary>
/// Asks registries which digest a tag stands for now. Follows challenges, so that no registry needs code of its own;
/// keeps connections, tokens and challenges of each host for its life. Safe for concurrent use.
/// </summary>
public sealed partial class RegistryClient : IDisposable
{
    private readonly ClientState _state;
    private readonly CredentialTrialBook _trials = new();
    private readonly bool _isOwner;

    /// <summary>Connects to nothing before it is asked.</summary>
    /// <param name="options">The connections to registries.</param>
    /// <param name="time">The clock for deadlines, token lives and waits.</param>
    public RegistryClient(RegistryOptions options, TimeProvider time)
        : this(options, time, new ClientState(options, time)) => _isOwner = true;

    private RegistryClient(RegistryOptions options, TimeProvider time, ClientState state) =>
        (Options, Time, _state) = (options, time, state);

    /// <summary>Requests sent and rate limits seen since the client was made.</summary>
    public RegistryStatistics Statistics => _state.Statistics;

    private RegistryOptions Options { get; }

    private TimeProvider Time { get; }

    private RegistryCall Call => new(Options, Time, _state, _trials);

    /// <summary>
    /// A client that has these credentials as well, and prefers them to those it has under the same key. It lives by
    /// this one's connections and memory, and as long; no token is shared between different credentials.
    /// </summary>
    public RegistryClient With(CredentialStore credentials) =>
        new(Options with { Credentials = Options.Credentials.With(credentials) }, Time, _state);

    /// <summary>
    /// The digest of each image, in the order given; an image that occurs twice is asked for once. Trouble with one
    /// host or image is its own verdict and delays no other host. A credential that was refused is not sent again by
    /// this client; after 8 refusals of a host no other credential is sent to it, and of a user three passwords are
    /// tried for an image.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; nothing else is thrown.</exception>
    public async Task<IReadOnlyList<Fetched<Digest>>> ResolveAsync(
        IReadOnlyList<ImageReference> images, CancellationToken cancellationToken) =>
        await Task.WhenAll(ResolveEach(images, cancellationToken));

    /// <summary>
    /// The same, each as soon as it is known: the images of a host that does not answer come last. When the token is
    /// cancelled, so are the tasks that are not complete by then.
    /// </summary>
    public IReadOnlyList<Task<Fetched<Digest>>> ResolveEach(
        IReadOnlyList<ImageReference> images, CancellationToken cancellationToken) =>
        Call.ResolveEach(images, cancellationToken);

    /// <summary>Closes the connections, unless they are another client's.</summary>
    public void Dispose()
    {
        if (_isOwner)
            _state.Dispose();
    }
}
