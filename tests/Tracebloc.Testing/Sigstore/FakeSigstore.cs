using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Testing.Sigstore;

/// <summary>
/// Fulcio, Rekor of one version and a timestamp authority on one loopback address. Fulcio checks the proof of
/// possession and believes every token, as the services of scripts/sigstore.sh do.
/// </summary>
public sealed partial class FakeSigstore : IAsyncDisposable
{
    public const string Certificates = "/api/v2/signingCert", Timestamps = "/api/v1/timestamp";
    public const string Entries = "/api/v1/log/entries", EntriesV2 = "/api/v2/log/entries";

    private readonly TestAuthority _fulcio = new("fulcio");
    private readonly TestAuthority _timeAuthority = new("time");
    private readonly TestCertificateLog _certificateLog = new();
    private readonly TestTimestamper _timestamper;
    private readonly TestLog _log;
    private readonly TimeProvider _time;
    private readonly FakeListener _listener;

    private FakeSigstore(FakeListener listener, bool isVersion2, TimeProvider time)
    {
        (_listener, _time) = (listener, time);
        _log = new TestLog { IsVersion2 = isVersion2 };
        _timestamper = new TestTimestamper(_timeAuthority) { IncludesCertificate = true };
    }

    public Uri Address => _listener.Address;

    public IReadOnlyList<FakeRequest> Requests => _listener.Requests;

    /// <summary>The last answer of the log, version 1.</summary>
    public string LastEntry { get; private set; } = "";

    /// <summary>Takes the next entry in and answers with 503, as a log behind a lost connection.</summary>
    public bool LosesNextEntry { get; set; }

    public static async Task<FakeSigstore> StartAsync(
        bool isVersion2, TimeProvider time, CancellationToken cancellationToken)
    {
        FakeSigstore? sigstore = null;
        var listener = await FakeListener.StartAsync(
            new(), (context, request) => sigstore!.ServeAsync(context, request), cancellationToken);
        return sigstore = new FakeSigstore(listener, isVersion2, time);
    }

    /// <summary>Answers the next requests to a path with a reply, in place of the service.</summary>
    public void Answer(string path, FakeReply reply, int times = 1) => _listener.Add(
        new FakeRule(request => request.Path == path, _ => reply, times));

    /// <summary>The <c>trusted_root.json</c> of these services.</summary>
    public byte[] TrustRoot() => Encoding.UTF8.GetBytes(TestTrustRoot.Of(
        _log, _certificateLog, _fulcio, _timestamper, _timeAuthority).ToJsonString());

    /// <summary>A token whose signature is none.</summary>
    public static string TokenOf(JsonObject claims) => string.Join(
        '.',
        new[] { """{"alg":"RS256","typ":"JWT"}""", claims.ToJsonString(), "unsigned" }
            .Select(part => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part))));

    public async ValueTask DisposeAsync()
    {
        await _listener.DisposeAsync();
        _fulcio.Dispose();
        _timeAuthority.Dispose();
        _certificateLog.Dispose();
        _timestamper.Dispose();
        _log.Dispose();
    }

    private Task ServeAsync(HttpContext context, FakeRequest request) => (request.Method, request.Path) switch
    {
        ("POST", Certificates) => SendAsync(context, Certify(ObjectOf(request))),
        ("POST", Entries) when !_log.IsVersion2 => SendAsync(context, TakeEntry(ObjectOf(request))),
        ("POST", EntriesV2) when _log.IsVersion2 => SendAsync(context, TakeHash(ObjectOf(request))),
        ("POST", Timestamps) => StampAsync(context),
        ("GET", var path) when _entries.TryGetValue(path, out var entry) =>
            SendAsync(context, FakeReply.Of(200, entry)),
        _ => RefuseAsync(context, request),
    };

    private Task RefuseAsync(HttpContext context, FakeRequest request)
    {
        _listener.Unexpected.Enqueue(request);
        return SendAsync(context, FakeReply.Of(501, "not in the contract"));
    }

    private static JsonObject ObjectOf(FakeRequest request) => JsonNode.Parse(request.Body)!.AsObject();

    private static Task SendAsync(HttpContext context, FakeReply reply) => reply.SendAsync(context);
}
