using Tracebloc.Configuration;
using Tracebloc.Integration.Tests.ImageRefresh;
using Tracebloc.JobsManager.Tokens;
using Tracebloc.Testing;
using Tracebloc.Testing.Backend;

namespace Tracebloc.Integration.Tests.JobsManager;

/// <summary>The published <c>jobs-manager proxy</c> before a backend.</summary>
internal sealed class ForwardScene : IAsyncDisposable
{
    private const string ClientId = "client-7";

    private readonly Canary _password = Canary.New("password");
    private readonly Canary _signingKey = Canary.New("signing-key-of-32-bytes-or-more-");
    private readonly int _port = FreePort.Next();
    private readonly ChildProgram _program;

    private ForwardScene(FakeBackend backend)
    {
        Backend = backend;
        Backend.Account = (ClientId, _password.Value);
        _program = PublishedProgram.StartFile(
            RealParts.JobsManager,
            ["proxy"],
            ("CLIENT_ID", ClientId),
            ("CLIENT_PASSWORD", _password.Value),
            ("BACKEND_URL", backend.Address.OriginalString),
            ("POD_TOKEN_SIGNING_SECRET", _signingKey.Value),
            ("LISTEN", Address.Authority)).Guarding(_password, _signingKey);
    }

    public FakeBackend Backend { get; }

    public Uri Address => new($"http://127.0.0.1:{_port}");

    public static async Task<ForwardScene> StartAsync(CancellationToken token)
    {
        RealParts.SkipWithout(RealParts.PublishedJobsManager);
        var scene = new ForwardScene(await FakeBackend.StartAsync(new() { Http2 = false }, token));
        if (!await ReadyProbe.WaitAsync(scene._program, scene._port, token))
            Assert.Fail($"it ended: {await scene._program.Result}");
        return scene;
    }

    /// <summary>The token of a run that loads training data into a table, valid for an hour.</summary>
    public string TokenOf(string key, string table)
    {
        var now = TimeProvider.System.GetUtcNow();
        var claims = new RunClaims(key, table, "train", now, now.AddHours(1));
        return new RunToken(new Secret(_signingKey.Value), TimeProvider.System).Mint(claims).Reveal();
    }

    /// <summary>SIGTERM, and the end within the bound.</summary>
    public async ValueTask DisposeAsync()
    {
        await _program.TerminateAsync();
        await _program.Result;
        await Backend.DisposeAsync();
    }
}
