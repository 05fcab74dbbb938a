using Microsoft.AspNetCore.Http;

namespace Tracebloc.Testing.Kubernetes;

/// <summary>The connections that stay open: those of commands, ports and logs.</summary>
internal sealed class FakeStreams : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _open = [];
    private readonly CancellationTokenSource _stopping = new();

    internal Entry Open(HttpContext http)
    {
        var entry = new Entry(this, http);
        lock (_gate) _open.Add(entry);
        return entry;
    }

    internal void Cut()
    {
        lock (_gate)
            foreach (var entry in _open) entry.Abort();
    }

    internal Task StopAsync() => _stopping.CancelAsync();

    public void Dispose() => _stopping.Dispose();

    /// <summary>An open connection.</summary>
    internal sealed class Entry(FakeStreams all, HttpContext http) : IDisposable
    {
        private readonly CancellationTokenSource _ended =
            CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, all._stopping.Token);

        internal CancellationToken Ended => _ended.Token;

        internal void Abort() => http.Abort();

        public void Dispose()
        {
            lock (all._gate) all._open.Remove(this);
            _ended.Dispose();
        }
    }
}
