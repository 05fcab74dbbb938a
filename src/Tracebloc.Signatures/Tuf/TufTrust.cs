using System.Security.Cryptography;

namespace Tracebloc.Signatures.Tuf;

/// <summary>
/// The metadata that is trusted so far, by the order of TUF's client workflow (specification 1.0, section 5): root,
/// timestamp, snapshot, targets. It neither reads nor asks anything.
/// </summary>
internal sealed class TufTrust
{
    private TufTimestamp? _timestamp;
    private TufSnapshot? _snapshot;
    private TufTargets? _targets;

    /// <summary>Trusts a first root, which its own keys must have signed.</summary>
    public TufTrust(ReadOnlySpan<byte> root)
    {
        var first = ReadRoot("root.json", root);
        first.Verify(first.Value);
        Root = first.Value;
    }

    public TufRoot Root { get; private set; }

    /// <summary>The snapshot that the timestamp names; null before there is one.</summary>
    public TufMetaFile? SnapshotFile => _timestamp?.Meta.GetValueOrDefault("snapshot.json");

    /// <summary>The targets that the snapshot names; null before there is one.</summary>
    public TufMetaFile? TargetsFile => _snapshot?.Meta.GetValueOrDefault("targets.json");

    /// <summary>Trusts the next root: both the old keys and its own must have signed it.</summary>
    public void UpdateRoot(ReadOnlySpan<byte> json)
    {
        var file = $"{Root.Version + 1}.root.json";
        var next = ReadRoot(file, json);
        next.Verify(Root);
        next.Verify(next.Value);
        if (next.Value.Version != Root.Version + 1)
            throw new TufException(
                $"Metadata {file} is not trusted: its version is {next.Value.Version}",
                next.Value.Version <= Root.Version ? TufFault.RolledBack : TufFault.Malformed);
        Root = next.Value;
    }

    /// <returns>False where it is the version that is trusted already.</returns>
    public bool UpdateTimestamp(ReadOnlySpan<byte> json)
    {
        var next = TufMetadata<TufTimestamp>.Read("timestamp.json", json, "timestamp", TufJson.Default.TufTimestamp);
        next.Verify(Root);
        if (next.Value.Meta.GetValueOrDefault("snapshot.json") is not { } named)
            throw new TufException("Metadata timestamp.json is malformed: it names no snapshot", TufFault.Malformed);
        if (_timestamp is not null)
        {
            RefuseOlder("timestamp.json", next.Value.Version, _timestamp.Version);
            if (next.Value.Version == _timestamp.Version)
                return false;
            RefuseOlder("snapshot.json in timestamp.json", named.Version, SnapshotFile?.Version ?? 0);
        }

        _timestamp = next.Value;
        return true;
    }

    /// <summary>
    /// Takes a snapshot as the last that was seen, whichever the timestamp names now: none may be older than it.
    /// </summary>
    public void RememberSnapshot(ReadOnlySpan<byte> json)
    {
        var former = TufMetadata<TufSnapshot>.Read("snapshot.json", json, "snapshot", TufJson.Default.TufSnapshot);
        former.Verify(Root);
        _snapshot = former.Value;
    }

    public void UpdateSnapshot(ReadOnlySpan<byte> json)
    {
        var named = Named(SnapshotFile, "snapshot.json");
        Match("snapshot.json", json, named);
        var next = TufMetadata<TufSnapshot>.Read("snapshot.json", json, "snapshot", TufJson.Default.TufSnapshot);
        next.Verify(Root);
        RefuseOther("snapshot.json", next.Value.Version, named.Version);
        foreach (var (name, former) in _snapshot?.Meta ?? new Dictionary<string, TufMetaFile>())
        {
            var version = next.Value.Meta.GetValueOrDefault(name)?.Version ?? 0;
            RefuseOlder($"{name} in snapshot.json", version, former.Version);
        }

        if (!next.Value.Meta.ContainsKey("targets.json"))
            throw new TufException("Metadata snapshot.json is malformed: it names no targets", TufFault.Malformed);
        _snapshot = next.Value;
    }

    public void UpdateTargets(ReadOnlySpan<byte> json)
    {
        var named = Named(TargetsFile, "targets.json");
        Match("targets.json", json, named);
        var next = TufMetadata<TufTargets>.Read("targets.json", json, "targets", TufJson.Default.TufTargets);
        next.Verify(Root);
        RefuseOther("targets.json", next.Value.Version, named.Version);
        _targets = next.Value;
    }

    /// <summary>The target of that name, from metadata none of which has expired.</summary>
    public TufTargetFile Find(string name, DateTimeOffset now)
    {
        RefuseExpired("root.json", Root, now);
        RefuseExpired("timestamp.json", _timestamp, now);
        RefuseExpired("snapshot.json", _snapshot, now);
        RefuseExpired("targets.json", _targets, now);
        return _targets?.Targets.GetValueOrDefault(name)
            ?? throw new TufException($"Target {name} is missing: targets.json does not name it", TufFault.Missing);
    }

    public void RefuseExpiredRoot(DateTimeOffset now) => RefuseExpired("root.json", Root, now);

    public void RefuseExpiredTimestamp(DateTimeOffset now) => RefuseExpired("timestamp.json", _timestamp, now);

    /// <summary>Refuses content of another length or hash.</summary>
    public static void Match(string name, ReadOnlySpan<byte> content, TufTargetFile file)
    {
        Match(name, content, file.Length, file.Hashes);
        if (!file.Hashes.Keys.Any(IsKnown))
            throw new TufException($"Target {name} cannot be verified: it has no known hash", TufFault.Malformed);
    }

    private static void Match(string name, ReadOnlySpan<byte> content, TufMetaFile file) =>
        Match(name, content, file.Length ?? content.Length, file.Hashes ?? new Dictionary<string, string>());

    private static void Match(
        string name, ReadOnlySpan<byte> content, long length, IReadOnlyDictionary<string, string> hashes)
    {
        if (content.Length != length)
            throw new TufException($"{name} has {content.Length} bytes, and {length} are signed", TufFault.Mismatch);
        foreach (var (algorithm, hash) in hashes)
            if (IsKnown(algorithm) && HashOf(algorithm, content) is var found && found != hash)
                throw new TufException($"{name} has the {algorithm} {found}, and {hash} is signed", TufFault.Mismatch);
    }

    private static bool IsKnown(string algorithm) => algorithm is "sha256" or "sha512";

    private static string HashOf(string algorithm, ReadOnlySpan<byte> content) => Convert.ToHexStringLower(
        algorithm == "sha256" ? SHA256.HashData(content) : SHA512.HashData(content));

    private static TufMetadata<TufRoot> ReadRoot(string file, ReadOnlySpan<byte> json) =>
        TufMetadata<TufRoot>.Read(file, json, "root", TufJson.Default.TufRoot);

    private static TufMetaFile Named(TufMetaFile? file, string name) =>
        file ?? throw new TufException($"Metadata {name} is not trusted: nothing names it yet", TufFault.Malformed);

    private static void RefuseOlder(string name, long version, long former)
    {
        if (version < former)
            throw new TufException(
                $"Metadata {name} was rolled back: its version is {version}, and {former} was seen",
                TufFault.RolledBack);
    }

    private static void RefuseOther(string name, long version, long named)
    {
        if (version != named)
            throw new TufException(
                $"Metadata {name} does not belong to the rest: its version is {version}, and {named} is named",
                TufFault.Mismatch);
    }

    private static void RefuseExpired(string name, TufRole? role, DateTimeOffset now)
    {
        if (role is null)
            throw new TufException($"Metadata {name} is missing", TufFault.Missing);
        if (role.Expires <= now)
            throw new TufException($"Metadata {name} expired on {role.Expires.UtcDateTime:u}", TufFault.Expired);
    }
}
