using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Testing.Sigstore;

/// <summary>
/// A TUF repository on loopback, laid out as sigstore's: consistent snapshots, root keys with a threshold, one key for
/// each other role. A test changes one thing before it publishes.
/// </summary>
public sealed class FakeTufRepository : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, byte[]> _files = [];
    private readonly Dictionary<string, byte[]> _targets = [];
    private readonly FakeListener _listener;

    private FakeTufRepository(FakeListener listener, DateTimeOffset expires)
    {
        (_listener, Expires) = (listener, expires);
        foreach (var role in (string[])["timestamp", "snapshot", "targets"])
            Keys[role] = [TestTufKey.Ecdsa()];
        Keys["root"] = [TestTufKey.Ecdsa("ecdsa-sha2-nistp256"), TestTufKey.Edwards(), TestTufKey.Rsa()];
    }

    public Uri Address => _listener.Address;

    public IReadOnlyList<FakeRequest> Requests => _listener.Requests;

    /// <summary>The files as they are served, by their paths.</summary>
    public IDictionary<string, byte[]> Files => _files;

    /// <summary>The keys that the next root gives to each role.</summary>
    public Dictionary<string, IReadOnlyList<TestTufKey>> Keys { get; } = [];

    /// <summary>The keys that sign a role, where they are not those of the root.</summary>
    public Dictionary<string, IReadOnlyList<TestTufKey>> Signers { get; } = [];

    public int RootThreshold { get; set; } = 2;

    public bool IsConsistent { get; set; } = true;

    public DateTimeOffset Expires { get; set; }

    /// <summary>The last version of each role.</summary>
    public Dictionary<string, int> Versions { get; } = [];

    /// <summary>Changes metadata before it is signed, by its role.</summary>
    public Action<string, JsonObject> Change { get; set; } = (_, _) => { };

    public static async Task<FakeTufRepository> StartAsync(
        DateTimeOffset expires, CancellationToken cancellationToken)
    {
        FakeTufRepository? repository = null;
        var listener = await FakeListener.StartAsync(
            new(), (context, request) => repository!.ServeAsync(context, request), cancellationToken);
        return repository = new FakeTufRepository(listener, expires);
    }

    public void Answer(string path, FakeReply reply, int times = 1) => _listener.Add(
        new FakeRule(request => request.Path == $"/{path}", _ => reply, times));

    /// <summary>Publishes the next root; the keys of the one before sign too.</summary>
    public byte[] PublishRoot(params IReadOnlyList<TestTufKey> former)
    {
        var roles = new JsonObject();
        foreach (var (role, keys) in Keys)
            roles[role] = new JsonObject
            {
                ["keyids"] = new JsonArray([.. keys.Select(key => (JsonNode)key.Id)]),
                ["threshold"] = role == "root" ? RootThreshold : 1,
            };
        var known = new JsonObject();
        foreach (var key in Keys.Values.SelectMany(keys => keys))
            known[key.Id] = key.ToJson();
        var signers = Signers.GetValueOrDefault("root") ?? [.. Keys["root"].Concat(former).Distinct()];
        var root = Sign(
            "root",
            new JsonObject { ["consistent_snapshot"] = IsConsistent, ["keys"] = known, ["roles"] = roles },
            signers);
        return _files[$"{Versions["root"]}.root.json"] = root;
    }

    /// <summary>Publishes targets, and with them a snapshot and a timestamp.</summary>
    public void Publish(string name, string content)
    {
        _targets[name] = Encoding.UTF8.GetBytes(content);
        var named = new JsonObject();
        foreach (var (target, bytes) in _targets)
        {
            var hash = HashOf(bytes);
            named[target] = new JsonObject
            {
                ["length"] = bytes.Length,
                ["hashes"] = new JsonObject { ["sha256"] = hash },
            };
            _files[IsConsistent ? $"targets/{hash}.{target}" : $"targets/{target}"] = bytes;
        }

        var targets = Sign("targets", new JsonObject { ["targets"] = named });
        _files[NameOf("targets")] = targets;
        PublishSnapshot(targets);
    }

    public void PublishSnapshot(byte[]? targets = null)
    {
        targets ??= _files[NameOf("targets")];
        var snapshot = Sign("snapshot", Meta("targets", targets));
        _files[NameOf("snapshot")] = snapshot;
        PublishTimestamp(snapshot);
    }

    public void PublishTimestamp(byte[]? snapshot = null) =>
        _files["timestamp.json"] = Sign("timestamp", Meta("snapshot", snapshot ?? _files[NameOf("snapshot")]));

    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private string NameOf(string role) => IsConsistent ? $"{Versions[role]}.{role}.json" : $"{role}.json";

    private JsonObject Meta(string role, byte[] content) => new()
    {
        ["meta"] = new JsonObject
        {
            [$"{role}.json"] = new JsonObject
            {
                ["version"] = Versions[role],
                ["length"] = content.Length,
                ["hashes"] = new JsonObject { ["sha256"] = HashOf(content) },
            },
        },
    };

    private byte[] Sign(string role, JsonObject signed, IReadOnlyList<TestTufKey>? signers = null)
    {
        Versions[role] = Versions.GetValueOrDefault(role) + 1;
        signed["_type"] = role;
        signed["spec_version"] = "1.0.31";
        signed["version"] = Versions[role];
        signed["expires"] = Expires.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        Change(role, signed);
        var bytes = Encoding.UTF8.GetBytes(Canonical(signed));
        signers ??= Signers.GetValueOrDefault(role) ?? Keys[role];
        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["signatures"] = new JsonArray([.. signers.Select(key => key.SignatureOf(bytes))]),
            ["signed"] = signed.DeepClone(),
        }.ToJsonString());
    }

    private static string Canonical(JsonNode? node) => node switch
    {
        JsonObject members => $"{{{string.Join(',', members.OrderBy(member => member.Key, StringComparer.Ordinal)
            .Select(member => $"{Quoted(member.Key)}:{Canonical(member.Value)}"))}}}",
        JsonArray elements => $"[{string.Join(',', elements.Select(Canonical))}]",
        JsonValue value when value.TryGetValue<string>(out var text) => Quoted(text),
        _ => node?.ToJsonString() ?? "null",
    };

    // Nothing here has a backslash; line breaks of PEM stand as they are.
    private static string Quoted(string text) => $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private Task ServeAsync(HttpContext context, FakeRequest request) =>
        (_files.TryGetValue(request.Path[1..], out var content)
            ? new FakeReply { Body = content }
            : FakeReply.Of(404)).SendAsync(context);
}
