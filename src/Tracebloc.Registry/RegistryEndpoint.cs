using System.Diagnostics.CodeAnalysis;
using Tracebloc.Net;

namespace Tracebloc.Registry;

/// <summary>
/// The host that serves the images of a reference's domain: its API host, or the mirror in its place.
/// </summary>
internal sealed record RegistryEndpoint
{
    /// <summary>Scheme, host and port.</summary>
    public required Uri Root { get; init; }

    /// <summary>
    /// The host by which credentials and options are looked up: <c>docker.io</c>, <c>localhost:5000</c>.
    /// </summary>
    public required string Host { get; init; }

    /// <summary>The key of credential helpers for the host, as <c>docker login</c> stores it.</summary>
    public string HelperServer => Host == "docker.io" ? "https://index.docker.io/v1/" : Host;

    public required RegistryHostOptions Options { get; init; }

    /// <summary>The prefix of repository names at a mirror, with a slash at its end; else empty.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The domain that a mirror is asked about (<c>?ns=</c>); else null.</summary>
    public string? Namespace { get; init; }

    public static RegistryEndpoint For(string domain, RegistryOptions options)
    {
        var host = OptionsOf(domain, options);
        return host.Mirror is { } mirror ? ForMirror(mirror, domain, options) : Of(domain, host);
    }

    /// <summary>The registry itself, also where reads go to a mirror: a mirror takes no pushes.</summary>
    public static RegistryEndpoint ForPush(string domain, RegistryOptions options) =>
        Of(domain, OptionsOf(domain, options));

    /// <summary>The registry that a redirect leads to.</summary>
    public static RegistryEndpoint For(Uri redirect, RegistryOptions options)
    {
        var own = OptionsOf(redirect.Authority, options);
        return new RegistryEndpoint { Root = new Uri(redirect, "/"), Host = redirect.Authority, Options = own };
    }

    /// <summary>True when plain http is allowed: the address is loopback, or declared insecure.</summary>
    public static bool MayBePlain(Uri uri, RegistryOptions options) =>
        NetworkAddress.IsLoopback(uri) || For(uri, options).Options.Insecure;

    /// <summary>The repository's name on this host.</summary>
    public string NameOf(ImageReference image) => Prefix + image.Path;

    public Uri ManifestOf(ImageReference image) =>
        ContentOf(image, $"manifests/{image.Tag ?? image.Digest?.ToString()}");

    /// <summary>The URL of content of the repository: <c>blobs/sha256:…</c>.</summary>
    public Uri ContentOf(ImageReference repository, string path)
    {
        var query = Namespace is null ? "" : $"?ns={Uri.EscapeDataString(Namespace)}";
        return new Uri(Root, $"/v2/{NameOf(repository)}/{path}{query}");
    }

    private static RegistryEndpoint Of(string host, RegistryHostOptions options)
    {
        // registry-1 is where Docker Hub serves the API; docker.io itself is a web site.
        var api = host == "docker.io" ? "registry-1.docker.io" : host;
        if (!Uri.TryCreate($"https://{api}/", UriKind.Absolute, out var root))
            throw new RegistryException(
                Verdict.Config, host, $"{host} is not a host name; correct the registry's name");
        root = IsPlain(root, options) ? Plain(root) : root;
        return new RegistryEndpoint { Root = root, Host = host, Options = options };
    }

    private static RegistryEndpoint ForMirror(string mirror, string domain, RegistryOptions options)
    {
        var hasScheme = mirror.Contains("://", StringComparison.Ordinal);
        if (!TryParse(hasScheme ? mirror : $"https://{mirror}", out var url))
            throw new RegistryException(
                Verdict.Config, domain, $"the mirror of {domain} is not host[:port][/path] or a URL; correct it");
        var own = OptionsOf(url.Authority, options);
        if (hasScheme && url.Scheme == Uri.UriSchemeHttp && !own.Insecure && !NetworkAddress.IsLoopback(url))
            throw new RegistryException(
                Verdict.Config,
                url.Authority,
                $"the mirror of {domain} is plain http; use https, or declare {url.Authority} insecure");
        var plain = hasScheme ? url.Scheme == Uri.UriSchemeHttp : IsPlain(url, own);
        var path = url.AbsolutePath.Trim('/');
        return new RegistryEndpoint
        {
            Root = new Uri(plain ? Plain(url) : url, "/"),
            Host = url.Authority,
            Options = own,
            Prefix = path == "" ? "" : path + "/",
            Namespace = domain,
        };
    }

    private static bool TryParse(string url, [NotNullWhen(true)] out Uri? parsed) =>
        Uri.TryCreate(url, UriKind.Absolute, out parsed)
            && parsed.Scheme is "https" or "http"
            && parsed is { Host.Length: > 0, UserInfo: "", Query: "", Fragment: "" };

    // containerd's rule: a loopback host uses plain http unless it has TLS settings.
    private static bool IsPlain(Uri root, RegistryHostOptions options) =>
        options.Insecure || (options is { CaFile: null, VerifiesTls: true } && NetworkAddress.IsLoopback(root));

    private static Uri Plain(Uri https) =>
        new UriBuilder(https) { Scheme = "http", Port = https.IsDefaultPort ? 80 : https.Port }.Uri;

    private static RegistryHostOptions OptionsOf(string host, RegistryOptions options)
    {
        foreach (var (written, found) in options.Hosts)
            if (Normalize(written).Equals(Normalize(host), StringComparison.OrdinalIgnoreCase))
                return found;
        return Default;
    }

    private static string Normalize(string host) =>
        host is "index.docker.io" or "registry-1.docker.io" ? "docker.io" : host;

    private static readonly RegistryHostOptions Default = new();
}
