using System.Net;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Integration.Tests.Distribution;

/// <summary>
/// Serves a release by TLS as github.com does: files below download/vVERSION, and a redirect to the latest.
/// </summary>
internal sealed class ReleaseServer : IAsyncDisposable
{
    private readonly TestCertificates _certificates = TestCertificates.Create();
    private readonly Dictionary<string, byte[]> _files;
    private FakeListener? _listener;

    private ReleaseServer(IReadOnlyDictionary<string, byte[]> files) => _files = new(files);

    public string Address => $"{_listener?.Address}releases";

    public string Authority => _certificates.AuthorityPem;

    public IReadOnlyList<FakeRequest> Requests => _listener?.Requests ?? [];

    /// <summary>The version that the files belong to.</summary>
    public string Version { get; private init; } = SignedRelease.Version;

    /// <summary>The version that it has files of.</summary>
    public string Served { get; set; } = SignedRelease.Version;

    /// <summary>Takes the name of each file that is asked for, before it is sent.</summary>
    public Action<string>? Asked { get; set; }

    /// <summary>The place that the latest release redirects to.</summary>
    public string Latest { get; set; } = $"/releases/tag/v{SignedRelease.Version}";

    /// <summary>A file's name, and how it is sent in place of its content.</summary>
    public (string Name, FakeReply Reply)? Fault { get; set; }

    /// <summary>Replaces a file; null removes it.</summary>
    public byte[]? this[string name]
    {
        set
        {
            if (value is null) _files.Remove(name);
            else _files[name] = value;
        }
    }

    public static async Task<ReleaseServer> StartAsync(
        IReadOnlyDictionary<string, byte[]> files, CancellationToken token, string version = SignedRelease.Version)
    {
        var server = new ReleaseServer(files)
        {
            Version = version,
            Served = version,
            Latest = $"/releases/tag/v{version}",
        };
        server._listener = await FakeListener.StartAsync(
            new FakeListenerOptions { Certificate = server._certificates.IssueServer() },
            (_, _) => Task.CompletedTask,
            token);
        server._listener.Add(new FakeRule(_ => true, request => server.Answer(request.Path), int.MaxValue));
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_listener is not null) await _listener.DisposeAsync();
        _certificates.Dispose();
    }

    private FakeReply Answer(string path)
    {
        if (path == "/releases/latest")
            return FakeReply.Redirect((int)HttpStatusCode.Found, $"{_listener?.Address}".TrimEnd('/') + Latest);
        var name = path.Split('/')[^1];
        Asked?.Invoke(name);
        if (Fault is { } fault && fault.Name == name) return fault.Reply;
        return path == $"/releases/download/v{Served}/{name}" && _files.TryGetValue(name, out var content)
            ? new FakeReply { Body = content }
            : FakeReply.Of((int)HttpStatusCode.NotFound);
    }
}
