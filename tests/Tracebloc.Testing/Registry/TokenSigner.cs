using System.Buffers.Text;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;

namespace Tracebloc.Testing.Registry;

/// <summary>
/// Signs tokens that docker-registry 2.8.2 takes: RS256, the certificate in <c>x5c</c>, and that certificate in the
/// registry's <c>rootcertbundle</c>.
/// </summary>
internal sealed class TokenSigner : IDisposable
{
    public const string Issuer = "tracebloc-tests", Service = "docker-registry";

    /// <summary>The shortest lifetime that the token specification lets a server give.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly RSA key = RSA.Create(2048);
    private readonly TimeProvider time;
    private readonly X509Certificate2 certificate;

    public TokenSigner(TimeProvider time)
    {
        this.time = time;
        var request = new CertificateRequest($"CN={Issuer}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        certificate = request.CreateSelfSigned(time.GetUtcNow().AddDays(-1), time.GetUtcNow().AddDays(1));
    }

    public string CertificatePem => certificate.ExportCertificatePem() + "\n";

    /// <summary>The answer to a token request.</summary>
    public string Issue(IReadOnlyList<Scope> granted) => new JsonObject
    {
        ["token"] = Sign(granted),
        ["expires_in"] = (int)Lifetime.TotalSeconds,
    }.ToJsonString();

    public string Sign(IReadOnlyList<Scope> granted)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var header = new JsonObject
        {
            ["typ"] = "JWT",
            ["alg"] = "RS256",
            ["x5c"] = new JsonArray(Convert.ToBase64String(certificate.RawData)),
        };
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["sub"] = "",
            ["aud"] = Service,
            ["iat"] = now,
            ["nbf"] = now - 1,
            ["exp"] = now + (long)Lifetime.TotalSeconds,
            ["jti"] = Guid.NewGuid().ToString("n"),
            ["access"] = new JsonArray([.. granted.Where(scope => scope.Actions is not []).Select(Access)]),
        };
        var signed = $"{Encode(header)}.{Encode(claims)}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        var signature = key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    public void Dispose()
    {
        certificate.Dispose();
        key.Dispose();
    }

    private static JsonNode Access(Scope scope) => new JsonObject
    {
        ["type"] = "repository",
        ["name"] = scope.Repository,
        ["actions"] = new JsonArray([.. scope.Actions.Select(action => (JsonNode)action)]),
    };

    private static string Encode(JsonObject part) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(part.ToJsonString()));
}
