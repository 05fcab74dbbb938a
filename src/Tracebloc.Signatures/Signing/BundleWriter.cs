using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tracebloc.Signatures.Signing;

/// <summary>
/// Writes bundles of version 0.3 in protobuf's JSON: numbers of 64 bits as strings, nothing that has its default.
/// </summary>
internal static class BundleWriter
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bundle of a signature and of what its services answered.</summary>
    public static byte[] Write(Signature signature, LogEntry? entry, byte[]? timestamp)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("mediaType", SignedBundle.MediaType);
            json.WriteStartObject("verificationMaterial");
            WriteSigner(json, signature);
            if (entry is not null)
                WriteEntry(json, entry);
            if (timestamp is not null)
                WriteTimestamp(json, timestamp);
            json.WriteEndObject();
            json.WritePropertyName("dsseEnvelope");
            JsonSerializer.Serialize(json, signature.ToEnvelope(), ServiceJson.Plain.EnvelopeDocument);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteSigner(Utf8JsonWriter json, Signature signature)
    {
        json.WriteStartObject(signature.Certificate is null ? "publicKey" : "certificate");
        if (signature.Certificate is { } certificate)
            json.WriteBase64String("rawBytes", certificate);
        else
            json.WriteString("hint", signature.Hint);
        json.WriteEndObject();
    }

    private static void WriteTimestamp(Utf8JsonWriter json, byte[] timestamp)
    {
        json.WriteStartObject("timestampVerificationData");
        json.WriteStartArray("rfc3161Timestamps");
        json.WriteStartObject();
        json.WriteBase64String("signedTimestamp", timestamp);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, LogEntry entry)
    {
        json.WriteStartArray("tlogEntries");
        json.WriteStartObject();
        WriteNumber(json, "logIndex", entry.LogIndex);
        json.WriteStartObject("logId");
        json.WriteBase64String("keyId", entry.LogId.KeyId);
        json.WriteEndObject();
        if (entry.KindVersion is { } kind)
        {
            json.WriteStartObject("kindVersion");
            json.WriteString("kind", kind.Kind);
            json.WriteString("version", kind.Version);
            json.WriteEndObject();
        }

        if (entry.IntegratedTime != 0)
            WriteNumber(json, "integratedTime", entry.IntegratedTime);
        if (entry.InclusionPromise is { } promise)
        {
            json.WriteStartObject("inclusionPromise");
            json.WriteBase64String("signedEntryTimestamp", promise.SignedEntryTimestamp);
            json.WriteEndObject();
        }

        if (entry.InclusionProof is { } proof)
            WriteProof(json, proof);
        json.WriteBase64String("canonicalizedBody", entry.CanonicalizedBody);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteProof(Utf8JsonWriter json, InclusionProof proof)
    {
        json.WriteStartObject("inclusionProof");
        WriteNumber(json, "logIndex", proof.LogIndex);
        json.WriteBase64String("rootHash", proof.RootHash);
        WriteNumber(json, "treeSize", proof.TreeSize);
        json.WriteStartArray("hashes");
        foreach (var hash in proof.Hashes)
            json.WriteBase64StringValue(hash);
        json.WriteEndArray();
        json.WriteStartObject("checkpoint");
        json.WriteString("envelope", proof.Checkpoint.Envelope);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, long number) =>
        json.WriteString(name, number.ToString(CultureInfo.InvariantCulture));
}
