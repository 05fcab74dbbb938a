using System.Text.Json.Nodes;
using Tracebloc.Signatures.Signing;
using Tracebloc.Testing.Sigstore;

namespace Tracebloc.Signatures.Tests.Signing;

/// <summary>The claims of a token name the identity that a certificate will have.</summary>
public sealed class IdentityTokenTests
{
    [Theory]
    [InlineData("system:serviceaccount:models:upload", null, SigningScene.Identity)]
    [InlineData("system:serviceaccount:models", null, "system:serviceaccount:models")]
    [InlineData("system:serviceaccount::upload", null, "system:serviceaccount::upload")]
    [InlineData("1234", "robot@example.com", "robot@example.com")]
    [InlineData("1234", "", "1234")]
    [InlineData("https://example.com/workflow", null, "https://example.com/workflow")]
    public void The_identity_is_that_of(string subject, string? mail, string identity)
    {
        var claims = new JsonObject { ["iss"] = SigningScene.Issuer, ["sub"] = subject };
        if (mail is not null)
            claims["email"] = mail;

        Assert.Equal(identity, Read(claims).ExpectedIdentity);
    }

    // base64url has - and _ where base64 has + and /, and the Python job reads base64.
    [Theory]
    [InlineData("robot>>>")]
    [InlineData("robot???")]
    [InlineData("röbot")]
    public void A_payload_in_base64url_is_read(string subject) =>
        Assert.Equal(subject, Read(new JsonObject { ["iss"] = "i", ["sub"] = subject }).Subject);

    [Fact]
    public void One_audience_and_several_are_read()
    {
        var claims = SigningScene.Claims;
        Assert.Equal(["sigstore"], Read(claims).Audiences);
        claims["aud"] = "sigstore";
        Assert.Equal(["sigstore"], Read(claims).Audiences);
        claims.Remove("aud");
        Assert.Empty(Read(claims).Audiences);
    }

    [Fact]
    public void The_end_is_read_and_the_text_is_not_shown()
    {
        var claims = SigningScene.Claims;
        claims["exp"] = TestSigning.Noon.ToUnixTimeSeconds();
        var token = Read(claims);

        Assert.Equal(TestSigning.Noon, token.ExpiresAt);
        Assert.Equal($"{SigningScene.Identity} ({SigningScene.Issuer})", token.ToString());
    }

    private static IdentityToken Read(JsonObject claims) =>
        IdentityToken.Read($" {FakeSigstore.TokenOf(claims)}\n", out var fault)
            ?? throw new InvalidOperationException(fault);
}
