using System.Text;

namespace Tracebloc.Registry;

/// <summary>
/// Proof of identity for a registry. A file may give a user name and password, a token, or both; the
/// printed form names the kinds and none of the values, since tokens are also put where the user name belongs.
/// </summary>
public sealed record RegistryCredential
{
    /// <summary>The user name; any text serves registries that look at the token only.</summary>
    public string? Username { get; init; }

    /// <summary>The password or personal access token; may hold colons and any Unicode text.</summary>
    public string? Password { get; init; }

    /// <summary>A refresh token to be traded at the token server (OAuth2 <c>grant_type=refresh_token</c>).</summary>
    public string? IdentityToken { get; init; }

    /// <summary>A bearer token for the registry itself, sent as it is.</summary>
    public string? RegistryToken { get; init; }

    /// <summary>The parameter of an <c>Authorization: Basic</c> header, in UTF-8 (RFC 7617 section 2.1).</summary>
    internal string ToBasic() => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Username}:{Password}"));

    internal bool IsEmpty =>
        string.IsNullOrEmpty(Username) && string.IsNullOrEmpty(Password)
            && string.IsNullOrEmpty(IdentityToken) && string.IsNullOrEmpty(RegistryToken);

    /// <summary>The kinds of credentials, <c>password, identity token</c>; never their values.</summary>
    public override string ToString()
    {
        List<string> kinds = [];
        if (!string.IsNullOrEmpty(Username) || !string.IsNullOrEmpty(Password))
            kinds.Add("password");
        if (!string.IsNullOrEmpty(IdentityToken))
            kinds.Add("identity token");
        if (!string.IsNullOrEmpty(RegistryToken))
            kinds.Add("registry token");
        return kinds.Count == 0 ? "none" : string.Join(", ", kinds);
    }
}
