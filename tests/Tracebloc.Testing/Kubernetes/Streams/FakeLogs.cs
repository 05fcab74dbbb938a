using Microsoft.AspNetCore.Http;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>The logs of all containers.</summary>
internal sealed class FakeLogs(FakeStore store, FakeCallLog calls)
{
    private readonly Dictionary<(string Namespace, string Pod, string Container), FakeLog> _logs = [];
    private int _ends;

    /// <summary>Its caller holds the store's gate.</summary>
    internal void Add(FakeObject pod, string? container, DateTimeOffset time, string text)
    {
        LogOf(pod, container ?? FakeContainers.Of(pod)[0]).Add(time, text);
        store.Wake();
    }

    /// <summary>Ends each log that is being followed, as servers do after some hours.</summary>
    internal void End()
    {
        lock (store.Gate)
        {
            _ends++;
            store.Wake();
        }
    }

    internal async Task ServeAsync(
        HttpContext http, FakeRequest request, FakeObject pod, CancellationToken cancellationToken)
    {
        var container = FakeContainers.Find(pod, request.Query("container"));
        FakeContainers.RefuseWaiting(pod, container);
        http.Response.ContentType = "text/plain";
        var follows = request.Query("follow") is "true" or "1";
        var (next, ends) = (-1, _ends);
        while (true)
        {
            byte[] text;
            Task changed;
            bool isOver;
            lock (store.Gate)
            {
                var log = LogOf(pod, container);
                if (next < 0) next = log.Start(request);
                text = log.From(next, request);
                (next, changed, isOver) = (log.Count, store.Changed, !follows || _ends > ends || HasEnded(pod));
            }

            await http.Response.Body.WriteAsync(text, cancellationToken);
            await http.Response.Body.FlushAsync(cancellationToken);
            if (request.Call.Status == 0) calls.Answered(request.Call, 200);
            if (isOver) return;
            await changed.WaitAsync(cancellationToken);
        }
    }

    private FakeLog LogOf(FakeObject pod, string container)
    {
        var key = (pod.Namespace, pod.Name, container);
        if (!_logs.TryGetValue(key, out var log)) _logs[key] = log = new FakeLog();
        return log;
    }

    private bool HasEnded(FakeObject pod) => store.Find(pod.Type, pod.Namespace, pod.Name) is not { } now
        || (string?)now.Body["status"]?["phase"] is "Succeeded" or "Failed";
}
