using System.Text;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Integration.Tests.ChartUpgrade;

/// <summary>A chart repository on loopback: the files of a folder.</summary>
internal sealed class ChartServer : IAsyncDisposable
{
    public const string Username = "edge-7";

    private readonly string _folder;
    private readonly bool _isPrivate;
    private readonly TestCertificates _certificates = TestCertificates.Create();
    private FakeListener? _listener;

    private ChartServer(string folder, bool isPrivate) => (_folder, _isPrivate) = (folder, isPrivate);

    public string Address => _listener?.Address.AbsoluteUri ?? "";

    public Canary Password { get; } = Canary.New("repository-password");

    public string AuthorityPem => _certificates.AuthorityPem;

    /// <summary>Takes requests and never answers them.</summary>
    public bool IsSilent { get; set; }

    /// <param name="folder">What is served.</param>
    /// <param name="isPrivate">Over TLS, to those who know the password.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<ChartServer> StartAsync(string folder, bool isPrivate, CancellationToken cancellationToken)
    {
        var server = new ChartServer(folder, isPrivate);
        var certificate = isPrivate ? server._certificates.IssueServer() : null;
        server._listener = await FakeListener.StartAsync(
            new FakeListenerOptions { Certificate = certificate }, (_, _) => Task.CompletedTask, cancellationToken);
        server._listener.Add(new FakeRule(_ => true, server.Answer, int.MaxValue));
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (_listener is not null)
            await _listener.DisposeAsync();
        _certificates.Dispose();
    }

    private string Credentials =>
        "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Username}:{Password}"));

    private FakeReply Answer(FakeRequest request)
    {
        var file = Path.Combine(_folder, Path.GetFileName(request.Path));
        return IsSilent ? FakeReply.Never
            : _isPrivate && request.Authorization != Credentials ? FakeReply.Of(401, "who are you?", "text/plain")
            : !File.Exists(file) ? FakeReply.Of(404, "no such chart", "text/plain")
            : new FakeReply { Body = File.ReadAllBytes(file) };
    }
}
