using System.Text;
using System.Text.Json;

namespace Tracebloc.Signatures;

// hashedrekord and dsse are what sigstore's clients write today: 0.0.1 in Rekor (sigstore/rekor, pkg/types), 0.0.2 in
// Rekor v2 (sigstore/rekor-tiles).
internal sealed partial record LoggedSignature
{
    private static LoggedSignature? Read(JsonElement body, KindVersion? stated, out string? fault)
    {
        var kind = new KindVersion(body.TextAt("kind") ?? "", body.TextAt("apiVersion") ?? "");
        var logged = body.At("spec") is not { } spec ? null : (kind.Kind, kind.Version) switch
        {
            ("hashedrekord", "0.0.1") => FromHashedRekord(spec),
            ("hashedrekord", "0.0.2") => FromHashedRekordV2(spec),
            ("dsse", "0.0.1") => FromDsse(spec),
            ("dsse", "0.0.2") => FromDsseV2(spec),
            _ => null,
        };
        fault = stated is not null && stated != kind
            ? $"the log entry claims to be {stated.Kind} {stated.Version}, but its body is not"
            : logged is null ? "the body of the log entry is neither a hashedrekord nor a dsse" : null;
        return fault is null ? logged : null;
    }

    private static LoggedSignature FromHashedRekord(JsonElement spec) => new()
    {
        Hash = HexHashAt(spec, "data", "hash"),
        Signature = spec.BytesAt("signature", "content"),
        Certificate = Pem(spec.BytesAt("signature", "publicKey", "content")),
    };

    private static LoggedSignature? FromDsse(JsonElement spec) =>
        spec.OnlyAt("signatures") is not { } signature ? null : new LoggedSignature
        {
            Hash = HexHashAt(spec, "payloadHash"),
            IsOfPayload = true,
            Signature = signature.BytesAt("signature"),
            Certificate = Pem(signature.BytesAt("verifier")),
        };

    private static LoggedSignature FromHashedRekordV2(JsonElement spec) => new()
    {
        Hash = HashAt(spec, "hashedRekordV002", "data"),
        Signature = spec.BytesAt("hashedRekordV002", "signature", "content"),
        Certificate = spec.BytesAt("hashedRekordV002", "signature", "verifier", "x509Certificate", "rawBytes"),
    };

    private static LoggedSignature? FromDsseV2(JsonElement spec) =>
        spec.OnlyAt("dsseV002", "signatures") is not { } signature ? null : new LoggedSignature
        {
            Hash = HashAt(spec, "dsseV002", "payloadHash"),
            IsOfPayload = true,
            Signature = signature.BytesAt("content"),
            Certificate = signature.BytesAt("verifier", "x509Certificate", "rawBytes"),
        };

    private static HashOutput HashAt(JsonElement spec, params ReadOnlySpan<string> names) => new()
    {
        Algorithm = spec.TextAt([.. names, "algorithm"]) ?? "",
        Digest = spec.BytesAt([.. names, "digest"]) ?? [],
    };

    private static HashOutput HexHashAt(JsonElement spec, params ReadOnlySpan<string> names) => new()
    {
        Algorithm = spec.TextAt([.. names, "algorithm"]) ?? "",
        Digest = Decoding.Hex(spec.TextAt([.. names, "value"])) ?? [],
    };

    private static byte[]? Pem(byte[]? text) => Decoding.Certificate(Encoding.UTF8.GetString(text ?? []));
}
