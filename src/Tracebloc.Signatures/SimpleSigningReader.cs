using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace Tracebloc.Signatures;

/// <summary>
/// Reads cosign's older layout (SIGNATURE_SPEC.md of sigstore/cosign): the signed payload is a blob, and the rest
/// stands in the annotations of its layer.
/// </summary>
/// <param name="annotations">Of the layer.</param>
/// <param name="needsMaterial">Reads the certificate, log entry and timestamp as well.</param>
internal sealed class SimpleSigningReader(IReadOnlyDictionary<string, string> annotations, bool needsMaterial)
{
    /// <summary>In characters. cosign's largest, a log entry with its certificate, has about 6000.</summary>
    public const int MaxLength = 32 * 1024;

    private const string Signature = "dev.cosignproject.cosign/signature";
    private const string Certificate = "dev.sigstore.cosign/certificate";
    private const string LogEntry = "dev.sigstore.cosign/bundle";
    private const string Timestamp = "dev.sigstore.cosign/rfc3161timestamp";

    private string? _fault;

    /// <summary>The signature, or null and the annotation that cannot be read.</summary>
    public FoundSignature? Read(byte[] payload, out string? fault)
    {
        var signature = Find(Signature, Decoding.Base64);
        var material = needsMaterial ? ReadMaterial() : new VerificationMaterial();
        fault = _fault ?? (signature is null ? $"there is no annotation {Signature}" : null);
        return fault is null && signature is not null
            ? new FoundSignature(new SimpleSigning(payload) { Signature = signature }, material)
            : null;
    }

    private VerificationMaterial ReadMaterial() => new()
    {
        Certificate = Find(Certificate, Decoding.Certificate) is { } certificate
            ? new RawCertificate { RawBytes = certificate }
            : null,
        TlogEntries = Find(LogEntry, Json(SigstoreJson.Default.CosignBundle)) is { } entry
            ? [entry.ToLogEntry()]
            : [],
        TimestampVerificationData = Find(Timestamp, Json(SigstoreJson.Default.CosignTimestamp)) is { } timestamp
            ? timestamp.ToVerificationData()
            : null,
    };

    /// <summary>The content of an annotation; null when there is none, and a fault when it is unreadable.</summary>
    private T? Find<T>(string name, Func<string, T?> read) where T : class
    {
        if (annotations.GetValueOrDefault(name) is not { Length: > 0 } text)
            return null;
        var value = text.Length > MaxLength ? null : read(text);
        if (value is null)
            _fault ??= $"the annotation {name} cannot be read";
        return value;
    }

    private static Func<string, T?> Json<T>(JsonTypeInfo<T> type) where T : class =>
        text => SigstoreJson.Read(Encoding.UTF8.GetBytes(text), type, out _);
}
