namespace Tracebloc.ModelUpload.Options;

/// <summary>The lines by which PEM files are recognised.</summary>
internal static class PemMark
{
    public const string Certificate = "-----BEGIN CERTIFICATE-----";

    public const string PrivateKey = "PRIVATE KEY-----";
}
