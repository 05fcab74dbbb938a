using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tracebloc.Signatures.Tuf;

/// <summary>Signed metadata of one role, read and not yet verified.</summary>
/// <param name="File">The name of its file, for messages.</param>
/// <param name="Envelope">The metadata with its signatures.</param>
/// <param name="Value">The same by its members.</param>
internal sealed record TufMetadata<T>(string File, TufEnvelope Envelope, T Value) where T : TufRole
{
    /// <exception cref="TufException">It is no metadata of that role.</exception>
    public static TufMetadata<T> Read(string file, ReadOnlySpan<byte> json, string role, JsonTypeInfo<T> type)
    {
        // Half of a surrogate pair, which only an escape can hold, has no UTF-8 form.
        if (HasSurrogates(json))
            throw new TufException($"Metadata {file} is malformed: it has escaped surrogates", TufFault.Malformed);
        try
        {
            var envelope = JsonSerializer.Deserialize(json, TufJson.Default.TufEnvelope);
            if (envelope?.Signed.Deserialize(type) is { } value && value.Type == role
                && value.SpecVersion.StartsWith("1.", StringComparison.Ordinal) && value.Version > 0)
                return new TufMetadata<T>(file, envelope, value);
            throw new TufException($"Metadata {file} is malformed: it is not of the role {role}", TufFault.Malformed);
        }
        catch (JsonException e)
        {
            throw new TufException(
                $"Metadata {file} is malformed: it cannot be read at {e.Path ?? "$"}", TufFault.Malformed);
        }
    }

    /// <summary>Verifies that the keys which a root names for the role have signed.</summary>
    /// <exception cref="TufException">Too few of them have.</exception>
    public void Verify(TufRoot root)
    {
        var role = Value.Type;
        if (CanonicalJson.Of(Envelope.Signed) is not { } signed || root.Roles.GetValueOrDefault(role) is not { } keys)
            throw new TufException($"Metadata {File} is malformed: nothing can have signed it", TufFault.Malformed);
        // A key counts once, under however many ids.
        var signers = new HashSet<string>();
        foreach (var signature in Envelope.Signatures)
            if (keys.KeyIds.Contains(signature.KeyId)
                && root.Keys.GetValueOrDefault(signature.KeyId) is { } key && !signers.Contains(key.Value.Public)
                && Decoding.Hex(signature.Sig) is { Length: > 0 } bytes
                && TufPublicKey.Of(key) is { } verifier && verifier.Verifies(signed, bytes))
                signers.Add(key.Value.Public);
        if (keys.Threshold < 1 || signers.Count < keys.Threshold)
            throw new TufException(
                $"Metadata {File} is not trusted: {signers.Count} of its keys have signed, and {keys.Threshold} must",
                TufFault.BelowThreshold);
    }

    private static bool HasSurrogates(ReadOnlySpan<byte> json) =>
        json.IndexOf("\\uD"u8) >= 0 || json.IndexOf("\\ud"u8) >= 0;
}
