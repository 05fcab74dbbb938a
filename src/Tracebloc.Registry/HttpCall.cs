using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Tracebloc.Net;
using Tracebloc.Registry.Pushing;

namespace Tracebloc.Registry;

/// <summary>A request that can be sent several times, as retries need.</summary>
internal sealed record HttpCall(HttpMethod Method, Uri Uri)
{
    /// <summary>
    /// Both kinds of index come first: without them registry 2.8 answers a tag that exists with 404, or with the digest
    /// of the amd64 child. One line, since some proxies keep only the last of several.
    /// </summary>
    public const string ManifestTypes =
        "application/vnd.oci.image.index.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, "
            + "application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.v2+json";

    /// <summary>4 MiB, which registries take of a manifest at most.</summary>
    public const int LargestBody = 4 << 20;

    /// <summary>The media types that are welcome.</summary>
    public string Accept { get; init; } = ManifestTypes;

    /// <summary>Scheme and parameter of the Authorization header; null sends none.</summary>
    public AuthenticationHeaderValue? Authorization { get; init; }

    /// <summary>A form to post, encoded; null sends no body.</summary>
    public string? Form { get; init; }

    /// <summary>A body to send, which can be sent again; null sends none.</summary>
    public RequestBody? Body { get; init; }

    /// <summary>True when the body of a success is left to be read as a stream.</summary>
    public bool IsStreamed { get; init; }

    /// <summary>The first byte wanted of the body.</summary>
    public long Offset { get; init; }

    /// <summary>The bytes of body taken at most; what is larger makes the reply invalid.</summary>
    public int MaxBody { get; init; } = LargestBody;

    /// <summary>True when it goes to a token server, and not to a registry.</summary>
    public bool IsToken { get; init; }

    /// <summary>True when faults that may pass are tried again.</summary>
    public bool IsRetried { get; init; } = true;

    /// <summary>True when a credential goes with it, in the header or in the form.</summary>
    public bool HasSecret => Authorization is not null || Form is not null;

    /// <summary>Offers HTTP/2, which takes effect over TLS only, by ALPN.</summary>
    public bool OffersHttp2 { get; init; }

    public required HttpMessageInvoker Invoker { get; init; }

    /// <summary>The call at the target of a redirect: another origin is asked by GET and gets no credential.</summary>
    public HttpCall At(Uri location) => Redirect.IsSameOrigin(Uri, location)
        ? this with { Uri = location }
        : this with { Uri = location, Method = HttpMethod.Get, Authorization = null, Form = null, Body = null };

    /// <param name="userAgent">The name of the client.</param>
    /// <param name="deadline">The deadline of the call, which a body that is sent extends.</param>
    public HttpRequestMessage ToMessage(string userAgent, Deadline deadline)
    {
        var message = new HttpRequestMessage(Method, Uri);
        if (OffersHttp2)
            message.Version = HttpVersion.Version20;
        HeaderText.Add(message.Headers, "Accept", Accept);
        HeaderText.Add(message.Headers, "User-Agent", userAgent);
        message.Headers.Authorization = Authorization;
        if (Offset > 0)
            message.Headers.Range = new RangeHeaderValue(Offset, null);
        if (Body is not null)
            (message.Content, message.Headers.ExpectContinue) = (Body.ToContent(deadline), Body.IsLarge);
        if (Form is not null)
            message.Content = new StringContent(Form, Encoding.UTF8, "application/x-www-form-urlencoded");
        return message;
    }

    /// <summary>The URL as it may be printed: neither user nor query, which signed redirects put secrets in.</summary>
    public static string Print(Uri uri) => $"{uri.Scheme}://{uri.Authority}{uri.AbsolutePath}";

    public override string ToString() => $"{Method} {Print(Uri)}";
}
