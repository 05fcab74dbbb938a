using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tracebloc.Registry;

namespace Tracebloc.Signatures.Models;

public sealed partial record ModelStatement
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The statement in a signed payload, or null and the reason.</summary>
    /// <param name="payload">The JSON that was signed.</param>
    /// <param name="fault">The reason why it is no such statement; null when it is.</param>
    public static ModelStatement? Read(ReadOnlySpan<byte> payload, out string? fault)
    {
        if (SigstoreJson.Read(payload, SigstoreJson.Default.ModelDocument, out fault) is not { } document)
        {
            fault = $"the signed payload is no statement about a model: {fault}";
            return null;
        }

        fault = FaultOf(document);
        var files = fault is null ? ReadFiles(document.Predicate.Resources, out fault) : null;
        if (files is null)
            return null;
        var ignored = document.Predicate.Serialization.IgnoredPaths ?? [];
        if (Of(document.Subject[0].Name ?? "model", files, ignored, out fault) is not { } statement)
            return null;
        fault = statement.FaultOfSubject(document.Subject[0].Digest.GetValueOrDefault("sha256"));
        return fault is null ? statement : null;
    }

    /// <summary>The payload to sign: JSON without white space. Equal statements give equal bytes.</summary>
    public ReadOnlyMemory<byte> ToPayload()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteString("_type", StatementType);
            json.WriteStartObject("predicate");
            WriteResources(json);
            WriteSerialization(json);
            json.WriteEndObject();
            json.WriteString("predicateType", PredicateType);
            json.WriteStartArray("subject");
            json.WriteStartObject();
            json.WriteStartObject("digest");
            json.WriteString("sha256", Subject.Hex);
            json.WriteEndObject();
            json.WriteString("name", Name);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private void WriteResources(Utf8JsonWriter json)
    {
        json.WriteStartArray("resources");
        foreach (var file in Files)
        {
            json.WriteStartObject();
            json.WriteString("algorithm", "sha256");
            json.WriteString("digest", file.Digest.Hex);
            json.WriteString("name", file.Path);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteSerialization(Utf8JsonWriter json)
    {
        json.WriteStartObject("serialization");
        json.WriteBoolean("allow_symlinks", false);
        json.WriteString("hash_type", "sha256");
        json.WriteStartArray("ignore_paths");
        foreach (var path in IgnoredPaths)
            json.WriteStringValue(path);
        json.WriteEndArray();
        json.WriteString("method", "files");
        json.WriteEndObject();
    }

    private static string? FaultOf(ModelDocument document) =>
        document.Type != StatementType ? "the signed payload is no in-toto statement, by its _type"
        : document.PredicateType != PredicateType
            ? $"the signed statement is not about a model: its predicate is {document.PredicateType}"
        : document.Subject.Count != 1 ? $"the signed statement has {document.Subject.Count} subjects in place of one"
        : document.Predicate.Serialization is { Method: not "files" and var method }
            ? $"the signed statement hashes by {method}; only files are read"
        : document.Predicate.Serialization is { HashType: not "sha256" and var hash }
            ? $"the signed statement hashes by {hash}; only sha256 is read"
        : null;

    private static List<ModelFile>? ReadFiles(IEnumerable<ModelDocument.ResourcePart> resources, out string? fault)
    {
        var files = new List<ModelFile>();
        foreach (var resource in resources)
            if (resource.Algorithm == "sha256" && Digest.TryParse($"sha256:{resource.Digest}", out var digest))
                files.Add(new ModelFile(resource.Name, digest));
            else
            {
                fault = $"the signed file {resource.Name} has no SHA-256 digest";
                return null;
            }

        fault = null;
        return files;
    }

    // The Python tool hashes in the order of path parts, and its verifier accepts both.
    private string? FaultOfSubject(string? stated) =>
        stated == Subject.Hex
            || stated == DigestOf(Files.Order(Comparer<ModelFile>.Create(
                (left, right) => ModelFileOrder.CompareParts(left.Path, right.Path)))).Hex
            ? null
            : "the subject of the signed statement is not the digest of its files";
}
