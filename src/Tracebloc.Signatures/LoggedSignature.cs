using System.Text.Json;

namespace Tracebloc.Signatures;

/// <summary>The signature that a transparency log has taken in, as the body of the entry has it.</summary>
internal sealed partial record LoggedSignature
{
    /// <summary>The hash of what was signed.</summary>
    public required HashOutput Hash { get; init; }

    /// <summary>True when the hash covers a DSSE envelope's payload, not the signed content.</summary>
    public bool IsOfPayload { get; init; }

    public required byte[]? Signature { get; init; }

    /// <summary>The signer's certificate as DER; null where a key was logged.</summary>
    public required byte[]? Certificate { get; init; }

    /// <summary>The logged signature, or null and the reason.</summary>
    public static LoggedSignature? Read(LogEntry entry, out string? fault)
    {
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false };
            using var json = JsonDocument.Parse(entry.CanonicalizedBody, options);
            return Read(json.RootElement, entry.KindVersion, out fault);
        }
        catch (JsonException)
        {
            fault = "the body of the log entry is not JSON";
            return null;
        }
    }

    /// <summary>
    /// The reason why the log entry is about something else, or null. Without this check a good entry of another
    /// signature would do (CVE-2022-36056).
    /// </summary>
    /// <param name="content">The signed content.</param>
    /// <param name="certificate">The signer's; null where a key signed, which is logged without a certificate.</param>
    public string? FaultFor(SignedContent content, byte[]? certificate)
    {
        var hashed = IsOfPayload ? content.EnvelopePayload : content.Message;
        if (hashed is not { } bytes || !Hash.IsOf(bytes.Span))
            return "the log entry is about another content";
        if (Signature is null || !Signature.AsSpan().SequenceEqual(content.Signature))
            return "the log entry is about another signature";
        return Certificate is null == certificate is null && Certificate.AsSpan().SequenceEqual(certificate)
            ? null
            : "the log entry is about another certificate";
    }
}
