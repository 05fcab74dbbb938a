namespace Tracebloc.MetadataSync.Store;

/// <summary>
/// The versions and states of rows by uid, in little memory: Kubernetes' uids are 16 bytes each here. Not safe for
/// concurrent use.
/// </summary>
internal sealed class VersionMap
{
    private const int Length = 36;

    private readonly Dictionary<Guid, StoredVersion> _guids = [];
    private readonly Dictionary<string, StoredVersion> _others = [];

    public int Count => _guids.Count + _others.Count;

    public IEnumerable<string> Uids => _guids.Keys.Select(uid => uid.ToString()).Concat(_others.Keys);

    public StoredVersion this[string uid]
    {
        set
        {
            if (IsGuid(uid, out var guid)) _guids[guid] = value;
            else _others[uid] = value;
        }
    }

    public bool TryGet(string uid, out StoredVersion version) => IsGuid(uid, out var guid)
        ? _guids.TryGetValue(guid, out version) : _others.TryGetValue(uid, out version);

    public bool Remove(string uid) => IsGuid(uid, out var guid) ? _guids.Remove(guid) : _others.Remove(uid);

    // In another spelling a uid is another one.
    private static bool IsGuid(string uid, out Guid guid)
    {
        Span<char> spelt = stackalloc char[Length];
        return Guid.TryParseExact(uid, "D", out guid)
            && guid.TryFormat(spelt, out _)
            && uid.AsSpan().SequenceEqual(spelt);
    }
}
