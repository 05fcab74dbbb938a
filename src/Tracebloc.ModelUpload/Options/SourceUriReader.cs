using Tracebloc.Net;

namespace Tracebloc.ModelUpload.Options;

/// <summary>The place that <c>--source-uri</c> names, by its scheme.</summary>
internal static class SourceUriReader
{
    public const string DefaultHub = "https://huggingface.co";

    /// <summary>The folder that claims are mounted in.</summary>
    public const string MountFolder = "/mnt";

    private const string Schemes = "http, https, hf, s3, oci, pvc or file";

    public static SourceSettings? Read(OptionReader options)
    {
        if (options.Required("source-uri") is not { } value) return null;
        var end = value.Text.IndexOf("://", StringComparison.Ordinal);
        var (scheme, rest) = end < 0
            ? ("", value.Text)
            : (value.Text[..end].ToLowerInvariant(), value.Text[(end + 3)..]);
        return scheme switch
        {
            "http" or "https" => Http(options, value),
            "hf" => Hub(options, value, rest),
            "s3" => S3(options, value, rest),
            "oci" => Oci(options, value, rest),
            "pvc" => Claim(options, value, rest),
            "file" => File(options, value),
            _ => Reject(options, value, $"write a URI of the scheme {Schemes}"),
        };
    }

    private static SourceSettings? Http(OptionReader options, OptionValue value)
    {
        if (!HttpAddress.TryParse(value.Text, out var address))
            return Reject(options, value with { Text = Bare(value.Text) },
                "write an address such as https://host/model.tar.gz without user and fragment");
        // A presigned address has its signature there.
        if (address.Query.Length > 1) options.Findings.Hide(address.Query[1..]);
        if (address.AbsolutePath.EndsWith('/'))
            return Reject(options, value with { Text = address.GetLeftPart(UriPartial.Path) },
                "no filename is contained in it: name the file to download");
        return Of(options, value.Text, isHub: false);
    }

    private static SourceSettings? Hub(OptionReader options, OptionValue value, string rest)
    {
        var name = rest.Split(':', 2);
        return name[0].Split('/') is [{ Length: > 0 }, { Length: > 0 }] && name is [_] or [_, { Length: > 0 }]
            ? Of(options, $"hf://{rest}", isHub: true)
            : Reject(options, value, "write hf://owner/model or hf://owner/model:revision");
    }

    private static SourceSettings? Of(OptionReader options, string uri, bool isHub)
    {
        var authorities = options.ReadableFile("source-custom-ca", PemMark.Certificate);
        var token = options.Variable("HF_TOKEN");
        var hub = options.Variable("HF_ENDPOINT") ?? DefaultHub;
        if (token is not null) options.Findings.Hide(token);
        if (!HttpEndpoint.TryParse(hub, out var endpoint, out var remedy))
        {
            if (isHub) options.Findings.Error($"HF_ENDPOINT is \"{Line.Of(hub)}\"; {remedy}");
            endpoint = new Uri(DefaultHub);
        }
        return new SourceSettings
        {
            Uri = new UriSettings
            {
                Uri = uri,
                Token = isHub && token is not null ? options.Findings.Hide(token) : null,
                HubEndpoint = endpoint,
                CustomCa = authorities,
            },
        };
    }

    private static SourceSettings? S3(OptionReader options, OptionValue value, string rest)
    {
        var parts = rest.Split('?', 2);
        var slash = parts[0].IndexOf('/', StringComparison.Ordinal);
        var address = new S3Address
        {
            Bucket = slash > 0 ? parts[0][..slash] : null,
            Key = slash > 0 && slash + 1 < parts[0].Length ? parts[0][(slash + 1)..] : null,
            Endpoint = Parameter(parts, "endpoint"),
            Region = Parameter(parts, "defaultRegion"),
        };
        if (address is not { Bucket: not null, Key: not null })
            return Reject(options, value, "write s3://bucket/key, perhaps with ?endpoint=…&defaultRegion=…");
        return S3Reader.Read(options, "source", address) is { } settings ? new SourceSettings { S3 = settings } : null;
    }

    private static string? Parameter(string[] parts, string name) => parts.Skip(1)
        .SelectMany(query => query.Split('&'))
        .Where(pair => pair.StartsWith($"{name}=", StringComparison.Ordinal))
        .Select(pair => Uri.UnescapeDataString(pair[(name.Length + 1)..]))
        .FirstOrDefault(text => text.Length > 0);

    private static SourceSettings? Oci(OptionReader options, OptionValue value, string rest)
    {
        var image = OciReader.Image(options, value, rest);
        if (OciReader.Read(options, "source", image) is not { } settings) return null;
        OciCredentials.Hide(options, settings.Credentials, settings.Image);
        return new SourceSettings { Oci = settings };
    }

    private static SourceSettings? Claim(OptionReader options, OptionValue value, string rest)
    {
        var segments = rest.TrimEnd('/').Split('/');
        return segments.Any(segment => segment is "" or "." or "..")
            ? Reject(options, value, $"write pvc://claim/path; the claim is mounted at {MountFolder}/claim")
            : Of($"{MountFolder}/{string.Join('/', segments)}");
    }

    private static SourceSettings? File(OptionReader options, OptionValue value) =>
        Uri.TryCreate(value.Text, UriKind.Absolute, out var uri) && uri is { Host: "" or "localhost", Query: "" }
            ? Of(Uri.UnescapeDataString(uri.AbsolutePath))
            : Reject(options, value, "write file:///path");

    private static SourceSettings Of(string path) => new() { Volume = new VolumeSettings(path) };

    // A query is not fit for a message.
    private static string Bare(string text) => text.Split('?', '#')[0];

    private static SourceSettings? Reject(OptionReader options, OptionValue value, string remedy)
    {
        options.Reject(value, remedy);
        return null;
    }
}
