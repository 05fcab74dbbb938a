using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Tracebloc.Testing;
using Tracebloc.Testing.Registry;

namespace Tracebloc.Signatures.Tests;

/// <summary>The work that foreign signatures can cause, counted.</summary>
public sealed class BudgetTests
{
    private const string Certificate = "dev.sigstore.cosign/certificate", Entry = "dev.sigstore.cosign/bundle";

    [Theory]
    [InlineData(Certificate, "-----BEGIN CERTIFICATE-----")]
    [InlineData(Certificate, "-----BEGIN ")]
    [InlineData(Entry, "[")]
    [InlineData("dev.sigstore.cosign/rfc3161timestamp", " ")]
    [InlineData(CosignSigner.Annotation, "A")]
    public void An_annotation_of_four_megabytes_is_not_searched(string name, string repeated)
    {
        Dictionary<string, string> annotations = new() { [name] = Repeat(repeated, 4 << 20) };

        Assert.InRange(Allocations.Of(annotations, all => Read(all, needsMaterial: true, out _)), 0, 64 << 10);
        Assert.Null(Read(annotations, needsMaterial: true, out var fault));
        Assert.Equal($"the annotation {name} cannot be read", fault);
    }

    [Theory]
    [InlineData("no PEM\n")]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\n-----END EC PRIVATE KEY-----\n")]
    public void A_certificate_is_not_looked_for_behind_something_else(string before)
    {
        var certificate = PemEncoding.WriteString("CERTIFICATE", [1, 2, 3]);

        Assert.Equal([1, 2, 3], Decoding.Certificate(certificate));
        Assert.Equal([1, 2, 3], Decoding.Certificate($"{certificate}\n{certificate}"));
        Assert.Null(Decoding.Certificate(before + certificate));
        Assert.Null(Decoding.Certificate("-----BEGIN CERTIFICATE-----"));
        Assert.Null(Decoding.Certificate("-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----"));
    }

    [Fact]
    public void With_a_key_no_certificate_is_read()
    {
        var read = Read(new() { [Certificate] = "no PEM", [Entry] = "no JSON" }, needsMaterial: false, out var fault);

        Assert.Null(fault);
        Assert.Null(read?.Material.Certificate);
    }

    [Fact]
    public void A_checkpoint_with_ten_thousand_lines_of_the_log_costs_four_verifications()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var log = new TransparencyLog(
            new byte[32], VerificationKey.Read(key.ExportSubjectPublicKeyInfo(), out _), ValidityPeriod.Always);
        string Text(int foreign)
        {
            var text = "origin\n1\nAAAA\n";
            var signature = key.SignData(
                Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
            var lines = Enumerable.Repeat(Line([0, 0, 0, 0, 1]), foreign).Append(Line([0, 0, 0, 0, .. signature]));
            return $"{text}\n{string.Concat(lines)}";
        }

        Assert.NotNull(Checkpoint.Open(Text(foreign: 3), log, out _));
        Assert.Null(Checkpoint.Open(Text(foreign: 10_000), log, out var fault));
        Assert.Equal("the log's checkpoint is not signed by the log", fault);
    }

    [Fact]
    public void A_key_text_of_a_megabyte_is_not_searched()
    {
        Assert.Null(SignaturePolicy.OfKey(Repeat("-----BEGIN ", 1 << 20), "cosign.pub", out var fault));
        Assert.Equal("it holds more than 64 KiB, which no public key does", fault);
    }

    [Theory]
    [InlineData("{", "\"{0}\":0", "}")]
    [InlineData("{\"mediaType\":\"\",\"verificationMaterial\":{", "\"{0}\":{{}}", "}}")]
    [InlineData(
        "{\"mediaType\":\"\",\"verificationMaterial\":{\"tlogEntries\":[",
        "{{\"logId\":{{\"keyId\":\"\"}},\"canonicalizedBody\":\"\"}}",
        "]}}")]
    [InlineData("{\"mediaType\":\"\",\"verificationMaterial\":{\"tlogEntries\":[", "null", "]}}")]
    public void A_bundle_of_a_megabyte_takes_twice_what_its_half_does(string start, string repeated, string end)
    {
        byte[] Text(int length)
        {
            var text = new StringBuilder(start);
            for (var i = 0; text.Length < length; i++)
                text.Append(i == 0 ? "" : ",").AppendFormat(CultureInfo.InvariantCulture, repeated, i);
            return Encoding.UTF8.GetBytes(text.Append(end).ToString());
        }

        var (half, whole) = (Allocations.Of(Text(1 << 19), Read), Allocations.Of(Text(1 << 20), Read));

        Assert.InRange(whole, 0, 30L << 20);
        Assert.InRange(whole, 0, (half * 3) + (1 << 16));
    }

    private static void Read(byte[] json) => BundleReader.Read(json, out _);

    private static string Line(byte[] signature) => $"\u2014 origin {Convert.ToBase64String(signature)}\n";

    private static string Repeat(string text, int length) =>
        new StringBuilder().Insert(0, text, length / text.Length).ToString();

    private static FoundSignature? Read(
        Dictionary<string, string> annotations, bool needsMaterial, out string? fault)
    {
        annotations.TryAdd(CosignSigner.Annotation, "AAAA");
        return new SimpleSigningReader(annotations, needsMaterial).Read([], out fault);
    }
}
