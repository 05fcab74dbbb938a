using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracebloc.Signatures.Tuf;

/// <summary>Metadata with its signatures (TUF specification 1.0, section 4.2).</summary>
internal sealed record TufEnvelope
{
    public required IReadOnlyList<TufSignature> Signatures { get; init => field = JsonList.Of(value); }

    public required JsonElement Signed { get; init; }
}

internal sealed record TufSignature
{
    [JsonPropertyName("keyid")] public required string KeyId { get; init; }

    public required string Sig { get; init; }
}

/// <summary>The members that the metadata of all roles have.</summary>
internal abstract record TufRole
{
    [JsonPropertyName("_type")] public required string Type { get; init; }

    public required string SpecVersion { get; init; }

    public required long Version { get; init; }

    public required DateTimeOffset Expires { get; init; }
}

internal sealed record TufRoot : TufRole
{
    public bool ConsistentSnapshot { get; init; }

    public required IReadOnlyDictionary<string, TufKey> Keys { get; init; }

    public required IReadOnlyDictionary<string, TufRoleKeys> Roles { get; init; }
}

internal sealed record TufKey
{
    [JsonPropertyName("keytype")] public required string KeyType { get; init; }

    public required string Scheme { get; init; }

    [JsonPropertyName("keyval")] public required TufKeyValue Value { get; init; }
}

internal sealed record TufKeyValue
{
    public required string Public { get; init; }
}

internal sealed record TufRoleKeys
{
    [JsonPropertyName("keyids")]
    public required IReadOnlyList<string> KeyIds { get; init => field = JsonList.Of(value); }

    public required int Threshold { get; init; }
}

internal sealed record TufTimestamp : TufRole
{
    public required IReadOnlyDictionary<string, TufMetaFile> Meta { get; init; }
}

internal sealed record TufSnapshot : TufRole
{
    public required IReadOnlyDictionary<string, TufMetaFile> Meta { get; init; }
}

internal sealed record TufTargets : TufRole
{
    public required IReadOnlyDictionary<string, TufTargetFile> Targets { get; init; }
}

internal sealed record TufMetaFile
{
    public required long Version { get; init; }

    public long? Length { get; init; }

    public IReadOnlyDictionary<string, string>? Hashes { get; init; }
}

internal sealed record TufTargetFile
{
    public required long Length { get; init; }

    public required IReadOnlyDictionary<string, string> Hashes { get; init; }
}
