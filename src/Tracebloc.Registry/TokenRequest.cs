using System.Net.Http.Headers;
using System.Text;

namespace Tracebloc.Registry;

/// <summary>A request for a token, in the two forms of the distribution project's token protocol.</summary>
internal sealed record TokenRequest(
    Uri Realm, string? Service, IReadOnlyList<string> Scopes, RegistryCredential? Credential)
{
    private const string ClientId = "tracebloc-registry";

    /// <summary>
    /// Only a refresh token uses the OAuth2 form; everything else uses GET, which every server supports.
    /// </summary>
    public bool WantsPost => !string.IsNullOrEmpty(Credential?.IdentityToken);

    public required HttpMessageInvoker Invoker { get; init; }

    public HttpCall ToGet()
    {
        var query = new StringBuilder(Realm.Query.TrimStart('?'));
        if (Service is not null)
            Append(query, "service", Service);
        foreach (var scope in Scopes)
            Append(query, "scope", scope);
        return CallTo(HttpMethod.Get, new UriBuilder(Realm) { Query = query.ToString() }.Uri) with
        {
            Authorization = Basic(),
        };
    }

    public HttpCall ToPost()
    {
        var form = new StringBuilder();
        Append(form, "grant_type", "refresh_token");
        Append(form, "client_id", ClientId);
        if (Service is not null)
            Append(form, "service", Service);
        Append(form, "scope", string.Join(' ', Scopes));
        Append(form, "refresh_token", Credential?.IdentityToken ?? "");
        return CallTo(HttpMethod.Post, Realm) with { Form = form.ToString() };
    }

    private HttpCall CallTo(HttpMethod method, Uri uri) =>
        new(method, uri) { Accept = "application/json", IsToken = true, Invoker = Invoker };

    // If a server rejects the OAuth2 form, docker and containerd send the refresh token as the password.
    private AuthenticationHeaderValue? Basic()
    {
        if (Credential is null)
            return null;
        var secret = WantsPost ? Credential with { Password = Credential.IdentityToken } : Credential;
        return string.IsNullOrEmpty(secret.Password) ? null : new AuthenticationHeaderValue("Basic", secret.ToBasic());
    }

    // Colons and slashes may stand in a query (RFC 3986 section 3.4), and unescaped they keep the URL short.
    private static void Append(StringBuilder text, string name, string value)
    {
        if (text.Length > 0)
            text.Append('&');
        var escaped = Uri.EscapeDataString(value)
            .Replace("%3A", ":", StringComparison.Ordinal).Replace("%2F", "/", StringComparison.Ordinal);
        text.Append(name).Append('=').Append(escaped);
    }
}
