using System.Security.Cryptography;

namespace Tracebloc.Ingestion.Specifications;

/// <summary>The JSON schema of ingest.v1 (draft-07), as <c>schemas/ingest.v1.json</c> holds it.</summary>
public static class IngestSchema
{
    /// <summary>Its id, by which other schemas refer to it.</summary>
    public const string Id = "https://tracebloc.io/schemas/ingest.v1.json";

    private static readonly byte[] Bytes = Load();

    /// <summary>The text, UTF-8.</summary>
    public static ReadOnlySpan<byte> Json => Bytes;

    /// <summary>The SHA-256 of the text, in 64 small hexadecimal digits.</summary>
    public static string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes));

    private static byte[] Load()
    {
        using var resource = typeof(IngestSchema).Assembly.GetManifestResourceStream("ingest.v1.json")
            ?? throw new InvalidOperationException("ingest.v1.json is not part of this program");
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return bytes;
    }
}
