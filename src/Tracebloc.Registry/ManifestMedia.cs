using System.Text.Json;

namespace Tracebloc.Registry;

/// <summary>The kind of content in a reply to a manifest request, by Content-Type and <c>mediaType</c>.</summary>
internal static class ManifestMedia
{
    /// <summary>The type without its parameters, in lower case; empty when the reply names none.</summary>
    public static string TypeOf(Reply reply)
    {
        var line = reply.Lines("Content-Type").FirstOrDefault() ?? "";
        var semicolon = line.IndexOf(';', StringComparison.Ordinal);
        return (semicolon < 0 ? line : line[..semicolon]).Trim().ToLowerInvariant();
    }

    /// <summary>A captive portal's or proxy's page, which comes with status 200 too.</summary>
    public static bool IsWebPage(string type) => type is "text/html" or "application/xhtml+xml";

    /// <summary>Signed manifests of before 2016: their digest is not over the bytes served.</summary>
    public static bool IsSchema1(string type) =>
        type.StartsWith("application/vnd.docker.distribution.manifest.v1+", StringComparison.Ordinal);

    /// <summary>
    /// The reason why these bytes are no manifest, or null (OCI distribution spec, pulling manifests).
    /// </summary>
    public static string? FaultOf(ReadOnlySpan<byte> body, string contentType)
    {
        try
        {
            var (isManifest, stated) = Read(body);
            if (!isManifest)
                return "it has neither schemaVersion nor mediaType";
            var isVendors = contentType.StartsWith("application/vnd.", StringComparison.Ordinal);
            return isVendors && stated is not null && !stated.Equals(contentType, StringComparison.OrdinalIgnoreCase)
                ? "its mediaType differs from the Content-Type"
                : null;
        }
        catch (JsonException)
        {
            return "it is not JSON";
        }
    }

    private static (bool IsManifest, string? MediaType) Read(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException();
        var (hasVersion, mediaType) = (false, (string?)null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            hasVersion |= JsonText.Is(ref reader, "schemaVersion");
            var isMediaType = JsonText.Is(ref reader, "mediaType");
            reader.Read();
            if (isMediaType && reader.TokenType == JsonTokenType.String)
                mediaType = JsonText.Of(ref reader);
            reader.Skip();
        }
        return (hasVersion || mediaType is not null, mediaType);
    }
}
