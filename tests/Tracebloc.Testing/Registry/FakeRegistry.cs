using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Tracebloc.Testing.Registry;

/// <summary>
/// A registry on loopback that serves manifests by the distribution protocol as docker-registry 2.8 does, with its
/// token server, a log of every request, and answers scripted on demand. What nobody registered is answered with 501
/// and fails the test when the registry is disposed.
/// </summary>
public sealed partial class FakeRegistry : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, FakeManifest> _manifests = [];
    private readonly ConcurrentDictionary<string, byte[]> _blobs = [];
    private readonly ConcurrentDictionary<string, string> _tags = [];
    private readonly FakeRegistryOptions _options;
    private FakeListener? _listener;

    private FakeRegistry(FakeRegistryOptions options)
    {
        _options = options;
        Tokens = new FakeTokenServer(options);
    }

    /// <summary>Host and port as an image reference names them, <c>127.0.0.1:41234</c>.</summary>
    public string Host => Listener.Host;

    public Uri Address => Listener.Address;

    /// <summary>The requests to the registry itself, in order; token requests are with <see cref="Tokens"/>.</summary>
    public IReadOnlyList<FakeRequest> Requests => [.. Listener.Requests.Where(r => r.Path != TokenPath)];

    public FakeTokenServer Tokens { get; }

    private FakeListener Listener => _listener ?? throw new InvalidOperationException("The registry was not started.");

    public static async Task<FakeRegistry> StartAsync(
        FakeRegistryOptions? options = null, CancellationToken cancellationToken = default)
    {
        var registry = new FakeRegistry(options ?? new FakeRegistryOptions());
        await registry.StartListenersAsync(cancellationToken);
        return registry;
    }

    /// <summary>Stores an OCI index, which is the same for the same content, and points the tag at it.</summary>
    /// <returns>Its digest.</returns>
    public string Push(string repository, string tag, string content) =>
        Push(repository, tag, FakeManifest.Of(FakeManifest.OciIndex, content));

    /// <summary>Stores a manifest and points the tag at it, if there is one.</summary>
    /// <returns>Its digest.</returns>
    public string Push(string repository, string? tag, FakeManifest manifest)
    {
        _manifests[$"{repository}@{manifest.Digest}"] = manifest;
        if (tag is not null)
            _tags[$"{repository}:{tag}"] = manifest.Digest;
        return manifest.Digest;
    }

    public void PushBlob(string repository, byte[] blob) =>
        _blobs[$"{repository}@{FakeManifest.DigestOf(blob)}"] = blob;

    /// <summary>Points the tag at a manifest that was pushed before, as a publisher who rolls back does.</summary>
    public void Move(string repository, string tag, string digest)
    {
        if (!_manifests.ContainsKey($"{repository}@{digest}"))
            throw new ArgumentException($"{repository} has no manifest {digest}.", nameof(digest));
        _tags[$"{repository}:{tag}"] = digest;
    }

    /// <summary>Removes the tag; manifests stay.</summary>
    public void Delete(string repository, string tag) => _tags.TryRemove($"{repository}:{tag}", out _);

    /// <summary>Answers the next requests, whatever they ask.</summary>
    public void Next(FakeReply reply, int times = 1) => When(_ => true, reply, times);

    /// <summary>Answers matching requests in place of the registry; the first rule added that matches wins.</summary>
    public void When(Func<FakeRequest, bool> matches, FakeReply reply, int times = int.MaxValue) =>
        When(matches, _ => reply, times);

    public void When(Func<FakeRequest, bool> matches, Func<FakeRequest, FakeReply> reply, int times = int.MaxValue) =>
        Listener.Add(new FakeRule(request => request.Path != TokenPath && matches(request), reply, times));

    /// <summary>Forgets the requests logged so far, the token server's too.</summary>
    public void ClearRequests()
    {
        Listener.Clear();
        Tokens.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        if (Tokens.Listener is { } tokens && tokens != _listener)
            await tokens.DisposeAsync();
        if (_listener is not null)
            await _listener.DisposeAsync();
    }

    private async Task StartListenersAsync(CancellationToken cancellationToken)
    {
        _listener = await FakeListener.StartAsync(_options.Listener, ServeAsync, cancellationToken);
        if (_options.Authentication != FakeAuthentication.Token)
            return;
        Tokens.Listener = _options.TokensOnSameHost
            ? _listener
            : await FakeListener.StartAsync(_options.Listener, ServeTokenAsync, cancellationToken);
        Tokens.Realm = new Uri(Tokens.Listener.Address, "/token");
    }

    private Task ServeTokenAsync(HttpContext context, FakeRequest request) => request.Path == "/token"
        ? Tokens.ServeAsync(context, request)
        : RefuseAsync(Tokens.Listener!, context, request);
}
