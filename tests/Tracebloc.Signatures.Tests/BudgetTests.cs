using System.Security.Cryptography;
using System.Text;
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
        _ = Read(new() { [name] = "?" }, needsMaterial: true, out _); // what is made once
        var before = GC.GetAllocatedBytesForCurrentThread();
        var read = Read(annotations, needsMaterial: true, out var fault);

        Assert.Null(read);
        Assert.Equal($"the annotation {name} cannot be read", fault);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 10);
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
