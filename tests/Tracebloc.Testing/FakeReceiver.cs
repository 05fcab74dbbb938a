using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Testing;

/// <summary>Takes what is posted to it, a webhook or a collector, and answers as told or else with 200.</summary>
public sealed class FakeReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<FakeReply> _replies = [];
    private readonly FakeListener _listener;

    private FakeReceiver(FakeListener listener) => _listener = listener;

    public Uri Address => _listener.Address;

    public IReadOnlyList<FakeRequest> Requests => _listener.Requests;

    public IReadOnlyList<JsonNode> Bodies => [.. Requests.Select(request => JsonNode.Parse(request.Body)!)];

    public static async Task<FakeReceiver> StartAsync(
        FakeListenerOptions? options = null, CancellationToken cancellationToken = default)
    {
        FakeReceiver? receiver = null;
        var listener = await FakeListener.StartAsync(
            options ?? new(), (context, _) => receiver!.AnswerAsync(context), cancellationToken);
        return receiver = new FakeReceiver(listener);
    }

    /// <summary>Answers the next requests with these, one after the other.</summary>
    public void Answer(params FakeReply[] replies)
    {
        foreach (var reply in replies) _replies.Enqueue(reply);
    }

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private Task AnswerAsync(HttpContext context) =>
        (_replies.TryDequeue(out var reply) ? reply : FakeReply.Of(200)).SendAsync(context);
}
