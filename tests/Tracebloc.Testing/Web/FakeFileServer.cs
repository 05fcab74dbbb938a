using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Testing.Web;

/// <summary>A web server of files, by path, that commits the faults queued for its next answers.</summary>
public sealed class FakeFileServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<FakeTransfer> _transfers = [];
    private readonly FakeListener _listener;

    private FakeFileServer(FakeListener listener) => _listener = listener;

    /// <summary>The files by their decoded paths, <c>/my model.bin</c>; others are answered with 404.</summary>
    public ConcurrentDictionary<string, FakeFile> Files { get; } = new();

    /// <summary>True refuses requests with a token: it was meant for another server.</summary>
    public bool RefusesTokens { get; init; }

    public Uri Address => _listener.Address;

    public IReadOnlyList<FakeRequest> Requests => _listener.Requests;

    public static async Task<FakeFileServer> StartAsync(
        FakeListenerOptions? options, bool refusesTokens, CancellationToken cancellationToken)
    {
        FakeFileServer? server = null;
        var listener = await FakeListener.StartAsync(
            options ?? new(),
            (context, request) => server is null ? Task.CompletedTask : server.ServeAsync(context, request),
            cancellationToken);
        return server = new FakeFileServer(listener) { RefusesTokens = refusesTokens };
    }

    public static Task<FakeFileServer> StartAsync(CancellationToken cancellationToken) =>
        StartAsync(null, refusesTokens: false, cancellationToken);

    /// <summary>Answers the next requests with these faults, one after the other.</summary>
    public void Fail(params IEnumerable<FakeTransfer> transfers)
    {
        foreach (var transfer in transfers)
            _transfers.Enqueue(transfer);
    }

    /// <summary>Forgets the faults that no request took, and the requests.</summary>
    public void Clear()
    {
        _transfers.Clear();
        _listener.Clear();
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private Task ServeAsync(HttpContext context, FakeRequest request)
    {
        var transfer = _transfers.TryDequeue(out var next) ? next : new FakeTransfer();
        if (RefusesTokens && request.Authorization is not null)
            return FakeReply.Of(400, "a token of another server").SendAsync(context);
        return Files.TryGetValue(request.Path, out var file)
            ? FakeFileAnswer.SendAsync(context, request, file, transfer)
            : (transfer.Instead ?? FakeReply.Of(404)).SendAsync(context);
    }
}
