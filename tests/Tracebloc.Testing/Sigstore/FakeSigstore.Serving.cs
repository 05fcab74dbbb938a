using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Testing.Sigstore;

public sealed partial class FakeSigstore
{
    private const string ServiceAccount = "system:serviceaccount:";

    /// <summary>The answers about the entries that the log has, by their paths.</summary>
    private readonly ConcurrentDictionary<string, string> _entries = [];

    private FakeReply Certify(JsonObject body)
    {
        var token = (string)body["credentials"]!["oidcIdentityToken"]!;
        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!;
        var (subject, mail) = ((string)claims["sub"]!, (string?)claims["email"]);
        using var key = ECDsa.Create();
        key.ImportFromPem((string)body["publicKeyRequest"]!["publicKey"]!["content"]!);
        var proof = Convert.FromBase64String((string)body["publicKeyRequest"]!["proofOfPossession"]!);
        var proven = Encoding.UTF8.GetBytes(mail ?? subject);
        if (!key.VerifyData(proven, proof, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))
            return FakeReply.Of(400, """{"code":3,"message":"the proof of possession is not by the key"}""");
        var certificate = Issue(key, NameOf(subject, mail), (string)claims["iss"]!);
        string[] chain = [certificate.ExportCertificatePem(), _fulcio.Intermediate.ExportCertificatePem()];
        return FakeReply.Of(200, new JsonObject
        {
            ["signedCertificateEmbeddedSct"] = new JsonObject
            {
                ["chain"] = new JsonObject
                {
                    ["certificates"] = new JsonArray([.. chain.Select(pem => (JsonNode)pem)]),
                },
            },
        }.ToJsonString());
    }

    private static string NameOf(string subject, string? mail) =>
        subject.StartsWith(ServiceAccount, StringComparison.Ordinal)
            && subject[ServiceAccount.Length..].Split(':') is [var space, var name]
            ? $"https://kubernetes.io/namespaces/{space}/serviceaccounts/{name}"
            : mail ?? subject;

    private X509Certificate2 Issue(ECDsa key, string name, string issuer)
    {
        var now = _time.GetUtcNow();
        var request = TestAuthority.Request(new X500DistinguishedName(""), key);
        request.CertificateExtensions.Add(TestAuthority.Purpose("1.3.6.1.5.5.7.3.3"));
        var names = new SubjectAlternativeNameBuilder();
        if (name.Contains("://", StringComparison.Ordinal))
            names.AddUri(new Uri(name));
        else
            names.AddEmailAddress(name);
        request.CertificateExtensions.Add(names.Build(critical: true));
        var text = new AsnWriter(AsnEncodingRules.DER);
        text.WriteCharacterString(UniversalTagNumber.UTF8String, issuer);
        request.CertificateExtensions.Add(new X509Extension("1.3.6.1.4.1.57264.1.8", text.Encode(), false));
        var bare = _fulcio.Issue(request, now.AddMinutes(-1), now.AddMinutes(9));
        request.CertificateExtensions.Add(_certificateLog.Promise(bare, _fulcio.Intermediate, now));
        return _fulcio.Issue(request, now.AddMinutes(-1), now.AddMinutes(9));
    }

    private FakeReply TakeEntry(JsonObject proposal)
    {
        var content = proposal["spec"]!["proposedContent"]!;
        var envelope = JsonNode.Parse((string)content["envelope"]!)!;
        var payload = Convert.FromBase64String((string)envelope["payload"]!);
        var entry = _log.Add(
            new JsonObject
            {
                ["apiVersion"] = "0.0.1",
                ["kind"] = "dsse",
                ["spec"] = new JsonObject
                {
                    ["payloadHash"] = new JsonObject
                    {
                        ["algorithm"] = "sha256",
                        ["value"] = Convert.ToHexStringLower(SHA256.HashData(payload)),
                    },
                    ["signatures"] = new JsonArray(new JsonObject
                    {
                        ["signature"] = (string)envelope["signatures"]![0]!["sig"]!,
                        ["verifier"] = (string)content["verifiers"]![0]!,
                    }),
                },
            },
            _time.GetUtcNow());
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes((string)content["envelope"]!)));
        var answer = new JsonObject { [id] = AsAnswered(entry) }.ToJsonString();
        LastEntry = answer;
        var isNew = _entries.TryAdd($"{Entries}/{id}", answer);
        if (LosesNextEntry)
        {
            LosesNextEntry = false;
            return FakeReply.Of(503);
        }

        return isNew
            ? FakeReply.Of(201, answer)
            : FakeReply.Of(409, """{"code":409,"message":"an equivalent entry already exists"}""")
                .With("Location", $"{Entries}/{id}");
    }

    /// <summary>The form of Rekor's API, which is older than that of bundles.</summary>
    private static JsonObject AsAnswered(JsonObject entry)
    {
        var proof = entry["inclusionProof"]!;
        return new JsonObject
        {
            ["body"] = (string)entry["canonicalizedBody"]!,
            ["integratedTime"] = long.Parse((string)entry["integratedTime"]!),
            ["logID"] = HexOf(entry["logId"]!["keyId"]),
            ["logIndex"] = long.Parse((string)entry["logIndex"]!),
            ["verification"] = new JsonObject
            {
                ["inclusionProof"] = new JsonObject
                {
                    ["checkpoint"] = (string)proof["checkpoint"]!["envelope"]!,
                    ["hashes"] = new JsonArray([.. proof["hashes"]!.AsArray().Select(hash => (JsonNode)HexOf(hash))]),
                    ["logIndex"] = long.Parse((string)proof["logIndex"]!),
                    ["rootHash"] = HexOf(proof["rootHash"]),
                    ["treeSize"] = long.Parse((string)proof["treeSize"]!),
                },
                ["signedEntryTimestamp"] = (string)entry["inclusionPromise"]!["signedEntryTimestamp"]!,
            },
        };
    }

    private static string HexOf(JsonNode? base64) =>
        Convert.ToHexStringLower(Convert.FromBase64String((string)base64!));

    private FakeReply TakeHash(JsonObject proposal)
    {
        var request = proposal["hashedRekordRequestV002"]!;
        var entry = _log.Add(
            new JsonObject
            {
                ["apiVersion"] = "0.0.2",
                ["kind"] = "hashedrekord",
                ["spec"] = new JsonObject
                {
                    ["hashedRekordV002"] = new JsonObject
                    {
                        ["data"] = new JsonObject
                        {
                            ["algorithm"] = "SHA2_256",
                            ["digest"] = (string)request["digest"]!,
                        },
                        ["signature"] = request["signature"]!.DeepClone(),
                    },
                },
            },
            _time.GetUtcNow());
        return FakeReply.Of(201, entry.ToJsonString());
    }

    private async Task StampAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (!Rfc3161TimestampRequest.TryDecode(body.ToArray(), out var request, out _))
        {
            await FakeReply.Of(400, "no request for a timestamp").SendAsync(context);
            return;
        }

        var answer = _timestamper.Answer(
            request.GetMessageHash().ToArray(), request.GetNonce()?.ToArray(), _time.GetUtcNow());
        await new FakeReply { Status = 201, Body = answer }
            .With("Content-Type", "application/timestamp-reply").SendAsync(context);
    }
}
