using System.Buffers.Text;
using System.Text;
using Tracebloc.Net;
using Tracebloc.Net.Files;

namespace Tracebloc.Signatures.Signing;

/// <summary>
/// An OpenID Connect token that stands for an identity. Its claims are read, not verified: Fulcio does that.
/// </summary>
public sealed class IdentityToken
{
    private const int MaxSize = 64 * 1024;
    private const string ServiceAccount = "system:serviceaccount:";

    private readonly TokenClaims _claims;

    private IdentityToken(string text, TokenClaims claims) => (Text, _claims) = (text, claims);

    /// <summary>The issuer, <c>iss</c>; compared exactly by verifiers.</summary>
    public string Issuer => _claims.Iss;

    /// <summary>The audiences, <c>aud</c>.</summary>
    public IReadOnlyList<string> Audiences => _claims.Audiences;

    /// <summary>The subject, <c>sub</c>.</summary>
    public string Subject => _claims.Sub;

    /// <summary>The mail address; null without one.</summary>
    public string? Email => string.IsNullOrEmpty(_claims.Email) ? null : _claims.Email;

    /// <summary>The end of the token; null where it has none.</summary>
    public DateTimeOffset? ExpiresAt => _claims.Exp is { } seconds ? UnixTime.OfSeconds((long)seconds) : null;

    /// <summary>
    /// The name that the certificate will have: <c>https://kubernetes.io/namespaces/NS/serviceaccounts/SA</c> for a
    /// service account (sigstore/fulcio, pkg/identity/kubernetes), else the mail address, else the subject.
    /// </summary>
    public string ExpectedIdentity =>
        Subject.StartsWith(ServiceAccount, StringComparison.Ordinal)
            && Subject[ServiceAccount.Length..].Split(':') is [{ Length: > 0 } space, { Length: > 0 } name]
            ? $"https://kubernetes.io/namespaces/{space}/serviceaccounts/{name}"
            : Email ?? Subject;

    /// <summary>The token itself, which is a secret.</summary>
    internal string Text { get; }

    /// <summary>The text that the proof of possession is a signature of.</summary>
    internal string ProofSubject => Email ?? Subject;

    /// <summary>The token in a text, or null and the reason, which repeats nothing of the text.</summary>
    /// <param name="text">The token; white space around it is removed.</param>
    /// <param name="fault">The reason why it is no token; null when it is.</param>
    public static IdentityToken? Read(string text, out string? fault)
    {
        ArgumentNullException.ThrowIfNull(text);
        var token = text.Trim();
        fault = token.Length == 0 ? "it is empty"
            : !HeaderText.IsToken(token) ? HeaderText.NoToken
            : "it is no JSON Web Token: header, payload and signature, with a dot between";
        if (token.Length == 0 || !HeaderText.IsToken(token) || token.Split('.') is not [_, var payload, _])
            return null;
        if (Decode(payload) is not { } json)
            return null;
        if (SigstoreJson.Read(json, SigstoreJson.Default.TokenClaims, out _) is not { } claims)
        {
            fault = "its payload lacks iss or sub, or is no JSON";
            return null;
        }

        fault = null;
        return new IdentityToken(token, claims);
    }

    /// <summary>The token in a file, which the kubelet may replace at any time: read it for each signature.</summary>
    /// <param name="path">The file; a link is followed.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="SigningException">The file cannot be read, or holds no token.</exception>
    public static async Task<IdentityToken> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = RegularFile.OpenOnce(path);
            var content = await BoundedBody.ReadAsync(file, Math.Min(file.Length, MaxSize), MaxSize, cancellationToken);
            var fault = $"it is larger than {MaxSize / 1024} KiB";
            if (content is { } bytes && Read(Encoding.UTF8.GetString(bytes.Span), out fault) is { } token)
                return token;
            throw new SigningException($"Identity token {path} cannot be used: {fault}");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new SigningException(
                $"Identity token {path} cannot be read: {Line.Of(unreadable.Message)}; check the mount of the token");
        }
    }

    /// <summary>The issuer and the identity; never the token.</summary>
    public override string ToString() => $"{ExpectedIdentity} ({Issuer})";

    // By RFC 7515 without padding; the signature's part is not looked at.
    private static byte[]? Decode(string payload) =>
        Base64Url.IsValid(payload) ? Base64Url.DecodeFromChars(payload) : null;
}
